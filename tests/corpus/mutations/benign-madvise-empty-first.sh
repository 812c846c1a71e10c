#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: do_madvise (mm/madvise.c)
# change: an empty range is told before the sum is made
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/\tend = start \+ len;\n\tif \(end < start\)\n\t\treturn -EINVAL;\n\n\tif \(end == start\)\n\t\treturn 0;\n/, "\tif (!len)\n\t\treturn 0;\n\n\tend = start + len;\n\tif (end <= start)\n\t\treturn -EINVAL;\n")'
