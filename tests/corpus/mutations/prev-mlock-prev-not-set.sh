#!/bin/sh
# class: stale-prev
# function: mlock_fixup (mm/mlock.c)
# expect: *prev not set on the early exit: caller continues from a stale prev
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'mlock_fixup' 'del(qr/\*prev = vma;/)'
