#!/bin/sh
# class: silent-default
# function: hugepage_madvise (mm/khugepaged.c)
# expect: whatever is not MADV_HUGEPAGE forbids huge pages
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'hugepage_madvise' 'rep(qr/case MADV_NOHUGEPAGE:/, "case MADV_NOHUGEPAGE:\n\tdefault:")'
