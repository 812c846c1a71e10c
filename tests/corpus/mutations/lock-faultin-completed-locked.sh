#!/bin/sh
# class: mmap-lock-imbalance
# function: faultin_page (mm/gup.c)
# expect: *locked not cleared although the fault handler dropped the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'faultin_page' 'del(qr/if \(locked\)\n\t\t\t\*locked = 0;/)'
