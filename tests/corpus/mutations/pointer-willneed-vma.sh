#!/bin/sh
# class: pointer-level
# function: madvise_willneed (mm/madvise.c)
# expect: the address of vma as data
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/&swapin_walk_ops, vma\)/, "&swapin_walk_ops, &vma)")'
