#!/bin/sh
# class: range-rounding
# function: madvise_remove (mm/madvise.c)
# expect: remove rounds out
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/offset, end - start\)/, "offset, round_up(end - start, PMD_SIZE))")'
