#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: do_madvise (mm/madvise.c)
# change: the advice that injects errors is told by a switch
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/\tif \(behavior == MADV_HWPOISON \|\| behavior == MADV_SOFT_OFFLINE\)\n(\t\treturn madvise_inject_error[^\n]*\n)/, "\tswitch (behavior) {\n\tcase MADV_HWPOISON:\n\tcase MADV_SOFT_OFFLINE:\n\t\treturn madvise_inject_error(behavior, start, start + len_in);\n\t}\n")'
