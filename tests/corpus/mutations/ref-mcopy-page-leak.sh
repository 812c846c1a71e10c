#!/bin/sh
# class: page-ref-leak
# function: __mcopy_atomic (mm/userfaultfd.c)
# expect: page leaked when the second copy fails
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic' 'rep(qr/err = -EFAULT;\n\t\t\t\tgoto out;/, "return -EFAULT;")'
