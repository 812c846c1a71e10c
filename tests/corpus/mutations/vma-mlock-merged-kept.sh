#!/bin/sh
# the same in mlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'mlock_fixup' 'del(qr/vma = \*prev;/)'
