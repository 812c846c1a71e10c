#!/bin/sh
# BENIGN: one exit
. "$(dirname "$0")/lib.sh"
edit "$1/mm/damon/vaddr.c" 'damon_va_three_regions' 'rep(qr/\tmmput\(mm\);\n\treturn rc;/, "\tmmput(mm);\n\tgoto done;\ndone:\n\treturn rc;")'
