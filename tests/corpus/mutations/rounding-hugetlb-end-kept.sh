#!/bin/sh
# the end of a huge mapping is not rounded to whole pages
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free_valid_vma' 'del(qr/\*end = ALIGN_DOWN/)'
