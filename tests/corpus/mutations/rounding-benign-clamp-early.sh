#!/bin/sh
# class: -
# function: madvise_walk_vmas (mm/madvise.c)
# expect: nothing: min() in place of a comparison
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/tmp = vma->vm_end;/, "tmp = min(vma->vm_end, end);"); del(qr/if \(end < tmp\)/)'
