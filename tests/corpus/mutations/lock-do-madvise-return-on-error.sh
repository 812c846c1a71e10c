#!/bin/sh
# class: mmap-lock-imbalance
# function: do_madvise (mm/madvise.c)
# expect: do madvise return on error
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'after(qr/blk_finish_plug/, "\tif (error)\n\t\treturn error;\n")'
