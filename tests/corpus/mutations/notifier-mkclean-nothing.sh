#!/bin/sh
# class: notifier-unpaired
# function: page_vma_mkclean_one (mm/rmap.c)
# expect: the end only where something was cleaned
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'page_vma_mkclean_one' 'rep(qr/\tmmu_notifier_invalidate_range_end\(&range\);/, "\tif (cleaned)\n\t\tmmu_notifier_invalidate_range_end(&range);")'
