#!/bin/sh
# benign: len local
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/len = PAGE_ALIGN\(len_in\);/, "len = (len_in + ~PAGE_MASK) & PAGE_MASK;")'
