#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: - (mm/gup.c)
# expect: likely() around the question for the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'rep(qr/if \(locked\)\n(\s*)mmap_read_unlock/, "if (likely(locked != 0))\n\t\tmmap_read_unlock")'
