#!/bin/sh
# the step is never counted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'rep(qr/size = page_size\(compound_head\(page\)\);/, "size = 0;")'
