#!/bin/sh
# end from the length that was not rounded
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/end = start \+ len;/, "end = start + len_in;")'
