#!/bin/sh
# leaves with the write lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'rep(qr/goto out_up_write;/, "goto out_nolock;", 2)'
