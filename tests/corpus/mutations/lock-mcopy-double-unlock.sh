#!/bin/sh
# class: mmap-lock-imbalance
# function: __mcopy_atomic (mm/userfaultfd.c)
# expect: goto out_unlock after the lock was dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic' 'rep(qr/err = -EFAULT;\n\t\t\t\tgoto out;/, "err = -EFAULT;\n\t\t\t\tgoto out_unlock;")'
