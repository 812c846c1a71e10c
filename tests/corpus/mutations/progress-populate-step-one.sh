#!/bin/sh
# the loop goes on as if all had been done
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/start \+= pages \* PAGE_SIZE;/, "start = tmp_end;")'
