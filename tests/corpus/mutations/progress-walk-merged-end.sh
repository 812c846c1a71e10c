#!/bin/sh
# class: walk-progress
# function: madvise_walk_vmas (mm/madvise.c)
# expect: the start stays behind the VMA that the visited one was merged into
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'del(qr/if \(prev && start < prev->vm_end\)/)'
