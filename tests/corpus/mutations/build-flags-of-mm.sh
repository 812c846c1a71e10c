#!/bin/sh
# class: build
# function: check_vma_flags (mm/gup.c)
# expect: a pointer of another type, an error in the kernel build
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'check_vma_flags' 'rep(qr/!vma_is_anonymous\(vma\)/, "!vma_is_anonymous(vma->vm_mm)")'
