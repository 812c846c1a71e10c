#!/bin/sh
# class: stale-prev
# function: madvise_collapse (mm/khugepaged.c)
# expect: prev collapse file only
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/\t\tif \(!mmap_locked\)\n\t\t\t\*prev = NULL;  \/\* Tell caller we dropped mmap_lock \*\/\n/, ""); rep(qr/fput\(file\);\n/, "fput(file);\n\t\t\t*prev = NULL;\n")'
