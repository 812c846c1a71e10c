#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: mlock_fixup (mm/mlock.c)
# change: a variable that is set and never read: kbuild does not ask for that warning
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'mlock_fixup' 'rep(qr/int ret = 0;/, "int ret = 0;\n\tint seen;"); before(qr/nr_pages = /, "\tseen = nr_pages = 0;\n", 1)'
