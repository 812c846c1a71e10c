#!/bin/sh
# an address is compared with a length
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(end < start\)/, "if (start > len)")'
