#!/bin/sh
# class: sparse-table
# function: mm/madvise.c
# expect: a table of 102 elements instead of a switch
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' '$F = "static const bool madvise_read_only[MADV_SOFT_OFFLINE + 1] = {\n\t[MADV_REMOVE] = true,\n\t[MADV_WILLNEED] = true,\n\t[MADV_DONTNEED] = true,\n\t[MADV_DONTNEED_LOCKED] = true,\n\t[MADV_COLD] = true,\n\t[MADV_PAGEOUT] = true,\n\t[MADV_FREE] = true,\n\t[MADV_POPULATE_READ] = true,\n\t[MADV_POPULATE_WRITE] = true,\n\t[MADV_COLLAPSE] = true,\n};\n\nstatic int madvise_need_mmap_write(int behavior)\n{\n\tif (behavior >= ARRAY_SIZE(madvise_read_only))\n\t\treturn 1;\n\treturn !madvise_read_only[behavior];\n}\n"'
