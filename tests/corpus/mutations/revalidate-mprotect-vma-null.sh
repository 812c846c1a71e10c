#!/bin/sh
# class: missing-revalidation
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: find_vma() result not checked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/!vma \|\| vma->vm_start != nstart/, "vma->vm_start != nstart")'
