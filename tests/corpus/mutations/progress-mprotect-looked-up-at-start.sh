#!/bin/sh
# the next VMA is looked up at the start of the range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/find_vma\(current->mm, prev->vm_end\)/, "find_vma(current->mm, start)")'
