#!/bin/sh
# class: range-overflow
# function: do_madvise (mm/madvise.c)
# expect: a range that wraps is taken for an empty one
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/\tif \(end < start\)\n\t\treturn -EINVAL;\n\n\tif \(end == start\)/, "\tif (end <= start)")'
