#!/bin/sh
# range start without end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'del(qr/mmu_notifier_invalidate_range_end\(&range\);/)'
