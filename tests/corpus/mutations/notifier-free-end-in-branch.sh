#!/bin/sh
# closed on one path only
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/\tmmu_notifier_invalidate_range_end\(&range\);/, "\tif (!mm_has_notifiers(mm))\n\t\tmmu_notifier_invalidate_range_end(&range);")'
