#!/bin/sh
# class: build
# function: do_madvise (mm/madvise.c)
# expect: an assignment as a condition
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(end == start\)/, "if (end = start)")'
