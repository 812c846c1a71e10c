#!/bin/sh
# class: BENIGN
# function: madvise_willneed (mm/madvise.c)
# expect: the error is looked at, the lock is retaken on every path
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/loff_t offset;/, "loff_t offset;\n\tint error;"); rep(qr/vfs_fadvise\(file, offset, end - start, POSIX_FADV_WILLNEED\);/, "error = vfs_fadvise(file, offset, end - start, POSIX_FADV_WILLNEED);\n\tif (error)\n\t\tpr_debug(\"%pD: read ahead failed: %d\\n\", file, error);");'
