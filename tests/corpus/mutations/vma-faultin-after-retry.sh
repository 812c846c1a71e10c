#!/bin/sh
# the fault dropped the lock, and the VMA is asked what it is
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'faultin_page' 'before(qr/return -EBUSY;/, "\t\tif (vma->vm_flags & VM_LOCKED)\n\t\t\t*flags |= FOLL_TRIED;\n")'
