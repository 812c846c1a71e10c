#!/bin/sh
# class: range-rounding
# function: khugepaged_scan_mm_slot (mm/khugepaged.c)
# expect: the last huge page ends behind the VMA
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'khugepaged_scan_mm_slot' 'rep(qr/round_down\(vma->vm_end/, "round_up(vma->vm_end")'
