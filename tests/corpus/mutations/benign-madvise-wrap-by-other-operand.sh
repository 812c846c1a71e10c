#!/bin/sh
# benign: the sum compared with its other operand, which tells a wrap as well
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(end < start\)/, "if (end < len)")'
