#!/bin/sh
# benign: number written on each way out
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'insert_pages' 'rep(qr/\tret = 0;\nout:\n\t\*num = remaining_pages_total;\n\treturn ret;/, "\t*num = 0;\n\treturn 0;\nout:\n\t*num = remaining_pages_total;\n\treturn ret;")'
