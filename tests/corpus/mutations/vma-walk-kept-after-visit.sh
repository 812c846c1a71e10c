#!/bin/sh
# class: stale-vma-use
# function: madvise_walk_vmas (mm/madvise.c)
# expect: the VMA from before the visit is used after it dropped the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/\t\telse\t[^\n]*\n\t\t\tvma = find_vma\(mm, start\);/, "")'
