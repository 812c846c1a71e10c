#!/bin/sh
# class: stale-vma-use
# function: madvise_remove (mm/madvise.c)
# expect: remove relock vma mm
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/mmap_read_lock\(mm\)/, "mmap_read_lock(vma->vm_mm)")'
