#!/bin/sh
# class: mmap-lock-imbalance
# function: __gup_longterm_unlocked (mm/gup.c)
# expect: a failed pin returns with the lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__gup_longterm_unlocked' 'after(qr/ret = __gup_longterm_locked\(/, "\t\tif (ret < 0)\n\t\t\treturn ret;\n")'
