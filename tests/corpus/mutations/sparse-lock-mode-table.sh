#!/bin/sh
# class: sparse-table
# function: madvise_need_mmap_write (mm/madvise.c)
# expect: a table of booleans sized by MADV_SOFT_OFFLINE
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'rep(qr/\tswitch \(behavior\) \{.*\t\}\n\}/s, "\tstatic const bool reads[MADV_SOFT_OFFLINE + 1] = {\n\t\t[MADV_REMOVE]\t\t= true,\n\t\t[MADV_WILLNEED]\t\t= true,\n\t\t[MADV_DONTNEED]\t\t= true,\n\t\t[MADV_DONTNEED_LOCKED]\t= true,\n\t\t[MADV_COLD]\t\t= true,\n\t\t[MADV_PAGEOUT]\t\t= true,\n\t\t[MADV_FREE]\t\t= true,\n\t\t[MADV_POPULATE_READ]\t= true,\n\t\t[MADV_POPULATE_WRITE]\t= true,\n\t\t[MADV_COLLAPSE]\t\t= true,\n\t};\n\n\treturn !reads[behavior];\n}");'
