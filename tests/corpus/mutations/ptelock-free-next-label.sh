#!/bin/sh
# a signal leaves the loop with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/if \(pte_none\(ptent\)\)\n\t\t\tcontinue;/, "if (pte_none(ptent)) {\n\t\t\tif (fatal_signal_pending(current))\n\t\t\t\treturn -EINTR;\n\t\t\tcontinue;\n\t\t}")'
