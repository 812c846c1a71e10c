#!/bin/sh
# benign: for written as while
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'mincore_hugetlb' 'rep(qr/\tfor \(; addr != end; vec\+\+, addr \+= PAGE_SIZE\)\n\t\t\*vec = present;/, "\twhile (addr != end) {\n\t\t*vec++ = present;\n\t\taddr += PAGE_SIZE;\n\t}")'
