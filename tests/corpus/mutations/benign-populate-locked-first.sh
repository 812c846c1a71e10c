#!/bin/sh
# class: BENIGN
# function: madvise_populate (mm/madvise.c)
# expect: the signal is asked for after the lock was retaken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'before(qr/if \(pages < 0\) \{/, "\t\tif (pages < 0 && fatal_signal_pending(current))\n\t\t\treturn -EINTR;\n");'
