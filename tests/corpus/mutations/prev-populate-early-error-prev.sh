#!/bin/sh
# class: stale-prev
# function: madvise_populate (mm/madvise.c)
# expect: populate early error prev
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'del(qr/\*prev = NULL;/); after(qr/start \+= pages \* PAGE_SIZE;/, "\t\tif (!vma && start < end)\n\t\t\t*prev = NULL;\n")'
