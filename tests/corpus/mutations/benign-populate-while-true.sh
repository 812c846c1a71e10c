#!/bin/sh
# BENIGN: the condition moves into the loop
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/while \(start < end\) \{/, "for (;;) {\n\t\tif (start >= end)\n\t\t\tbreak;")'
