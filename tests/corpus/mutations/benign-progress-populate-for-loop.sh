#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_populate (mm/madvise.c)
# change: while becomes for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'del(qr/start \+= pages \* PAGE_SIZE;/); rep(qr/while \(start < end\)/, "for (; start < end; start += pages * PAGE_SIZE)")'
