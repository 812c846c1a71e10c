#!/bin/sh
# class: silent-default
# function: madvise_need_mmap_write (mm/madvise.c)
# expect: silent anon need write
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'rep(qr/\tdefault:\n\t\t\/\* be safe, default to 1\. list exceptions explicitly \*\/\n\t\treturn 1;/, "\tdefault:\n\t\treturn 0;")'
