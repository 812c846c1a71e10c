#!/bin/sh
# a signal leaves the gather open
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'after(qr/tlb_gather_mmu\(/, "\tif (fatal_signal_pending(current))\n\t\treturn -EINTR;\n")'
