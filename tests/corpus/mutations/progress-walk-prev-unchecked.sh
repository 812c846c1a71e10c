#!/bin/sh
# class: walk-progress
# function: madvise_walk_vmas (mm/madvise.c)
# expect: prev is NULL after a visitor that dropped the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/if \(prev && start < prev->vm_end\)/, "if (start < prev->vm_end)")'
