#!/bin/sh
# class: notifier-unpaired
# function: change_pmd_range (mm/mprotect.c)
# expect: notifier change pmd return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pmd_range' 'rep(qr/\tif \(range\.start\)\n\t\tmmu_notifier_invalidate_range_end\(&range\);\n\n\tif \(nr/, "\tif (range.start && pages)\n\t\tmmu_notifier_invalidate_range_end(&range);\n\n\tif (nr")'
