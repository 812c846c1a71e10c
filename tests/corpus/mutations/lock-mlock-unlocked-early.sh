#!/bin/sh
# class: mmap-lock-imbalance
# function: do_mlock (mm/mlock.c)
# expect: VMAs are changed after mmap_lock was given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'do_mlock' 'my $u = cut(qr/\tmmap_write_unlock/); before(qr/\/\* check against resource limits/, $u)'
