#!/bin/sh
# class: mmap-lock-imbalance
# function: do_madvise (mm/madvise.c)
# expect: returns -EINTR with mmap_lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'before(qr/blk_start_plug/, "\tif (fatal_signal_pending(current))\n\t\treturn -EINTR;\n\n");'
