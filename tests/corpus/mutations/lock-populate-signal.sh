#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_populate (mm/madvise.c)
# expect: returns on a signal before the dropped lock is retaken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'before(qr/if \(!locked\) \{/, "\t\tif (fatal_signal_pending(current))\n\t\t\treturn -EINTR;\n");'
