#!/bin/sh
# class: errno-contract
# function: do_mlock (mm/mlock.c)
# expect: errno mlock populate lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'do_mlock' 'rep(qr/\terror = __mm_populate\(start, len, 0\);\n\tif \(error\)\n\t\treturn __mlock_posix_error_return\(error\);\n\treturn 0;/, "\t__mm_populate(start, len, 0);\n\treturn 0;")'
