#!/bin/sh
# class: errno-contract
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: error of mprotect_fixup() ignored
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/error = mprotect_fixup\(&tlb, vma, &prev, nstart, tmp, newflags\);\n\t\tif \(error\)\n\t\t\tbreak;/, "mprotect_fixup(&tlb, vma, &prev, nstart, tmp, newflags);")'
