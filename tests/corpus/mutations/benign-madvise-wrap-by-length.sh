#!/bin/sh
# BENIGN: a sum that wraps is less than either of its parts
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(end < start\)/, "if (end < len)")'
