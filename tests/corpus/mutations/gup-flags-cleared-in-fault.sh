#!/bin/sh
# class: flags-misread
# function: faultin_page (mm/gup.c)
# expect: the caller's word loses FOLL_WRITE, as in Dirty COW
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'faultin_page' 'rep(qr/\n\treturn 0;\n\}/, "\n\tif (ret & VM_FAULT_MAJOR)\n\t\t*flags &= ~FOLL_WRITE;\n\treturn 0;\n}")'
