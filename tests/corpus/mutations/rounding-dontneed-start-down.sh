#!/bin/sh
# class: range-rounding
# function: madvise_dontneed_single_vma (mm/madvise.c)
# expect: dontneed start down
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_single_vma' 'rep(qr/zap_page_range_single\(vma, start, end - start, NULL\);/, "start &= PMD_MASK;\n\tzap_page_range_single(vma, start, end - start, NULL);")'
