#!/bin/sh
# class: stale-vma-use
# function: madvise_collapse (mm/khugepaged.c)
# expect: fput() missing after hpage_collapse_scan_file()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'del(qr/fput\(file\);/)'
