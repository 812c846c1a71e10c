#!/bin/sh
# class: range-overflow
# function: do_madvise (mm/madvise.c)
# expect: the wrap check looks at the unrounded length
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(end < start\)/, "if (start + len_in < start)")'
