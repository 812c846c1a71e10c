#!/bin/sh
# benign: zero asked before rounding
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'vm_brk_flags' 'rep(qr/\tlen = PAGE_ALIGN\(request\);\n/, "\tif (!request)\n\t\treturn 0;\n\tlen = PAGE_ALIGN(request);\n")'
