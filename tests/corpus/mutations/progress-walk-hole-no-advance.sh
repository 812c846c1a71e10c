#!/bin/sh
# class: walk-progress
# function: madvise_walk_vmas (mm/madvise.c)
# expect: start not moved over the hole: visit is called with start < vm_start
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'del(qr/start = vma->vm_start;/)'
