#!/bin/sh
# class: silent-default
# function: madvise_dontneed_free (mm/madvise.c)
# expect: the last else takes every advice
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/\telse if \(behavior == MADV_FREE\)\n([^\n]*\n)\telse\n[^\n]*\n/, "\telse\n\t\treturn madvise_free_single_vma(vma, start, end);\n")'
