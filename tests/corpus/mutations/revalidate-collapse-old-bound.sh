#!/bin/sh
# class: missing-revalidation
# function: madvise_collapse (mm/khugepaged.c)
# expect: hend is from before the lock was dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'del(qr/hend = min\(hend, vma->vm_end/)'
