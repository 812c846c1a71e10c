#!/bin/sh
# class: stale-prev
# function: madvise_populate (mm/madvise.c)
# expect: *prev follows the VMA at each lookup and is not cleared when the last fault drops the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'del(qr/\*prev = NULL;/); after(qr/if \(!vma\)\n\s*return -ENOMEM;/, "\t\t\t*prev = vma;\n")'
