#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: do_madvise (mm/madvise.c)
# change: lock mode asked in place, branches swapped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/\twrite = madvise_need_mmap_write\(behavior\);\n/, ""); rep(qr/\tif \(write\) \{\n(\t\t[^\n]*\n\t\t\t[^\n]*\n)\t\} else \{\n(\t\t[^\n]*\n)\t\}\n/, "\tif (!madvise_need_mmap_write(behavior)) {\n\t\tmmap_read_lock(mm);\n\t} else {\n\t\tif (mmap_write_lock_killable(mm))\n\t\t\treturn -EINTR;\n\t}\n"); rep(qr/\tif \(write\)\n/, "\tif (madvise_need_mmap_write(behavior))\n"); rep(qr/\tint write;\n/, "")'
