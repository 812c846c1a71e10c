#!/bin/sh
# a poisoned page is another code
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/return -EHWPOISON;/, "return -EIO;")'
