#!/bin/sh
# class: build
# function: mlock_fixup (mm/mlock.c)
# expect: used uninitialized on the early exits
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'mlock_fixup' 'rep(qr/int ret = 0;/, "int ret;")'
