#!/bin/sh
# class: mmap-lock-imbalance
# function: do_madvise (mm/madvise.c)
# expect: a pending signal leaves with the lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/\tblk_start_plug/, "\tif (fatal_signal_pending(current)) {\n\t\terror = -EINTR;\n\t\tgoto out;\n\t}\n\n\tblk_start_plug"); rep(qr/\treturn error;/, "out:\n\treturn error;")'
