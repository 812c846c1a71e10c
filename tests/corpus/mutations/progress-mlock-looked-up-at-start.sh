#!/bin/sh
# the next VMA is looked up at the start of the range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'apply_vma_lock_flags' 'rep(qr/find_vma\(prev->vm_mm, prev->vm_end\)/, "find_vma(prev->vm_mm, start)"); rep(qr/ \|\| vma->vm_start != nstart/, "")'
