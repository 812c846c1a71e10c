#!/bin/sh
# an error goes past the finish
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/error = mprotect_fixup\(([^;]*);\n\t\tif \(error\)\n\t\t\tbreak;/, "error = mprotect_fixup(&tlb, vma, &prev, nstart, tmp, newflags);\n\t\tif (error) {\n\t\t\tmmap_write_unlock(current->mm);\n\t\t\treturn error;\n\t\t}")'
