#!/bin/sh
# what is not known is passed over
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/default:\n\t\t\tlast_fail = result;\n[^\n]*\n\t\t\tgoto out_maybelock;/, "default:\n\t\t\tbreak;")'
