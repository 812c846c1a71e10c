#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_willneed (mm/madvise.c)
# expect: the error of vfs_fadvise() is returned without the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/loff_t offset;/, "loff_t offset;\n\tint error;"); rep(qr/vfs_fadvise\(file, offset, end - start, POSIX_FADV_WILLNEED\);\s*fput\(file\);/, "error = vfs_fadvise(file, offset, end - start, POSIX_FADV_WILLNEED);\n\tfput(file);\n\tif (error)\n\t\treturn error;");'
