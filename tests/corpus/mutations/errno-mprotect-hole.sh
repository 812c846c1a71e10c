#!/bin/sh
# unmapped memory is -ENOMEM
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/vma->vm_start != nstart\) \{\n\t\t\terror = -ENOMEM;/, "vma->vm_start != nstart) {\n\t\t\terror = -EFAULT;")'
