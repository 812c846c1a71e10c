#!/bin/sh
# class: unchecked-behavior-index
# function: madvise_need_mmap_write (mm/madvise.c)
# expect: table need write index
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'rep(qr/static int madvise_need_mmap_write\(int behavior\)\n\{\n/, "static const bool madvise_reads[MADV_COLLAPSE + 1] = {\n\t[MADV_REMOVE] = true, [MADV_WILLNEED] = true, [MADV_DONTNEED] = true,\n\t[MADV_DONTNEED_LOCKED] = true, [MADV_COLD] = true, [MADV_PAGEOUT] = true,\n\t[MADV_FREE] = true, [MADV_POPULATE_READ] = true,\n\t[MADV_POPULATE_WRITE] = true, [MADV_COLLAPSE] = true,\n};\n\nstatic int madvise_need_mmap_write(int behavior)\n{\n\tif (madvise_reads[behavior])\n\t\treturn 0;\n")'
