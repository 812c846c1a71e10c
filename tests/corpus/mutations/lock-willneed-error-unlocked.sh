#!/bin/sh
# an error of the file system leaves without the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/vfs_fadvise\(file, offset, end - start, POSIX_FADV_WILLNEED\);/, "if (vfs_fadvise(file, offset, end - start, POSIX_FADV_WILLNEED)) {\n\t\tfput(file);\n\t\treturn 0;\n\t}")'
