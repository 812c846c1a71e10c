#!/bin/sh
# class: stale-vma-use
# function: madvise_remove (mm/madvise.c)
# expect: the file of a vma that may be gone is printed after the lock was dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'before(qr/fput\(f\);/, "\tif (error == -EOPNOTSUPP)\n\t\tpr_warn_ratelimited(\"%pD: no hole punching\\n\", vma->vm_file);\n");'
