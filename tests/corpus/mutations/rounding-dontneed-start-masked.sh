#!/bin/sh
# class: range-rounding
# function: madvise_dontneed_free_valid_vma (mm/madvise.c)
# expect: an unaligned start is rounded down on hugetlb: data before the range is lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free_valid_vma' 'rep(qr/unsigned long start,/, "unsigned long *start,"); rep(qr/if \(start & ~huge_page_mask\(hstate_vma\(vma\)\)\)\s*return false;/, "*start &= huge_page_mask(hstate_vma(vma));");' && \
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/valid_vma\(vma, start, &end/, "valid_vma(vma, &start, &end", 1); rep(qr/valid_vma\(vma, start, &end/, "valid_vma(vma, &start, &end");'
