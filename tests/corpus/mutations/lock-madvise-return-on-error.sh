#!/bin/sh
# an error of the walk returns with the lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'after(qr/error = madvise_walk_vmas\(/, "\tif (error)\n\t\treturn error;\n")'
