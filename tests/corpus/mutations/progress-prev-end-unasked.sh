#!/bin/sh
# class: walk-progress
# function: madvise_walk_vmas (mm/madvise.c)
# expect: prev is followed although a visitor may have set it to NULL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/if \(prev && start < prev->vm_end\)\s*start = prev->vm_end;/, "start = max(start, prev->vm_end);");'
