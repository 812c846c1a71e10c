#!/bin/sh
# benign: uffd copy return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mcopy_atomic_pte' 'rep(qr/\t\tif \(!page\)\n\t\t\tgoto out;/, "\t\tif (!page)\n\t\t\treturn ret;"); rep(qr/\t\t\t\/\* don/, "\t\t\t/* we don")'
