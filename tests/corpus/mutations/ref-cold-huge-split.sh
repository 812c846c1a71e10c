#!/bin/sh
# the reference is lost after the split
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/put_page\(page\);\n\t\t\tif \(!err\)/, "if (!err)")'
