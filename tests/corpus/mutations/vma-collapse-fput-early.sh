#!/bin/sh
# file given back before the scan uses it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'my $p = cut(qr/fput\(file\);/); before(qr/result = hpage_collapse_scan_file\(/, $p)'
