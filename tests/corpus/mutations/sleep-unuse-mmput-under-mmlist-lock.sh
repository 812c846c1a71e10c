#!/bin/sh
# class: sleep-in-atomic
# function: try_to_unuse (mm/swapfile.c)
# expect: mmput() under mmlist_lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/swapfile.c" 'try_to_unuse' 'rep(qr/\t\tspin_unlock\(&mmlist_lock\);\n\t\tmmput\(prev_mm\);\n/, "\t\tmmput(prev_mm);\n\t\tspin_unlock(&mmlist_lock);\n")'
