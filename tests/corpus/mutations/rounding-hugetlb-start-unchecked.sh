#!/bin/sh
# class: range-rounding
# function: madvise_dontneed_free_valid_vma (mm/madvise.c)
# expect: a start inside a huge page is let through and the whole page goes
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free_valid_vma' 'del(qr/if \(start & ~huge_page_mask/)'
