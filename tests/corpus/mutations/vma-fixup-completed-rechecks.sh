#!/bin/sh
# class: stale-vma-use
# function: fixup_user_fault (mm/gup.c)
# expect: the vma is asked for its permissions after handle_mm_fault() completed with the lock dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'lnafter(qr/mmap_read_lock\(mm\);/, "\t\tif (!vma_permits_fault(vma, fault_flags))\n\t\t\treturn -EFAULT;\n", 1);'
