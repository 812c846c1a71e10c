#!/bin/sh
# error of the split is swallowed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_update_vma' 'rep(qr/error = __split_vma\(mm, vma, end, 0\);\n\s*if \(error\)\n\s*return error;/, "error = __split_vma(mm, vma, end, 0);\n\t\tif (error)\n\t\t\treturn 0;")'
