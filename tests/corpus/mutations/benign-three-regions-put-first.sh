#!/bin/sh
# BENIGN: both results leave by their own return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/damon/vaddr.c" 'damon_va_three_regions' 'rep(qr/\tmmput\(mm\);\n\treturn rc;/, "\tmmput(mm);\n\tif (rc)\n\t\treturn rc;\n\treturn 0;")'
