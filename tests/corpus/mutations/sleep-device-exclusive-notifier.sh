#!/bin/sh
# class: sleep-in-atomic
# function: remove_device_exclusive_entry (mm/memory.c)
# expect: sleep device exclusive notifier
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'remove_device_exclusive_entry' 'rep(qr/\tmmu_notifier_invalidate_range_start\(&range\);\n\n/, ""); rep(qr/&vmf->ptl\);\n\tif \(likely/, "&vmf->ptl);\n\tmmu_notifier_invalidate_range_start(&range);\n\tif (likely")'
