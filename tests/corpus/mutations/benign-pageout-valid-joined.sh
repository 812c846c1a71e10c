#!/bin/sh
# BENIGN: the page-out question is asked first in a variable
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'rep(qr/if \(!can_do_pageout\(vma\)\)\n\t\treturn 0;/, "allowed = can_do_pageout(vma);\n\tif (!allowed)\n\t\treturn 0;"); rep(qr/\tstruct mmu_gather tlb;/, "\tstruct mmu_gather tlb;\n\tbool allowed;")'
