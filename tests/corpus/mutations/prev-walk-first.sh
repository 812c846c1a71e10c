#!/bin/sh
# class: stale-prev
# function: madvise_walk_vmas (mm/madvise.c)
# expect: a walk that begins inside a VMA goes on from the VMA before it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'del(qr/if \(vma && start > vma->vm_start\)/)'
