#!/bin/sh
# class: notifier-unpaired
# function: collapse_huge_page (mm/khugepaged.c)
# expect: the notifier is started again on the way out instead of ended
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'rep(qr/mmu_notifier_invalidate_range_end\(&range\);/, "mmu_notifier_invalidate_range_start(&range);");'
