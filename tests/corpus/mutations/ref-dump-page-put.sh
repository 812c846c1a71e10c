#!/bin/sh
# class: page-ref-leak
# function: madvise_inject_error (mm/madvise.c)
# expect: dump page put
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'before(qr/size = page_size/, "\t\tif (PageHuge(page))\n\t\t\treturn -EINVAL;\n")'
