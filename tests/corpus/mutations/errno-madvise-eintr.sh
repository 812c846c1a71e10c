#!/bin/sh
# class: errno-contract
# function: do_madvise (mm/madvise.c)
# expect: EAGAIN for a fatal signal
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/return -EINTR;/, "return -EAGAIN;")'
