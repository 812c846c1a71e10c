#!/bin/sh
# unlocks what the scan has unlocked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'khugepaged_scan_mm_slot' 'rep(qr/goto breakouterloop_mmap_lock;\n\s*if \(progress/, "goto breakouterloop;\n\t\t\tif (progress")'
