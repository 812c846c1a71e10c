#!/bin/sh
# class: stale-prev
# function: madvise_dontneed_free (mm/madvise.c)
# expect: dontneed prev deref lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/\*prev = NULL;/, "prev = NULL;")'
