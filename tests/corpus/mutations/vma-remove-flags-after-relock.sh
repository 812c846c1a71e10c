#!/bin/sh
# the VMA is looked at once more after the file system worked without the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/\tmmap_read_lock\(mm\);\n\treturn error;/, "\tmmap_read_lock(mm);\n\tif (vma->vm_flags & VM_LOCKED)\n\t\terror = -EINVAL;\n\treturn error;")'
