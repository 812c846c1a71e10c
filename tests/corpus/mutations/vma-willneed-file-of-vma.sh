#!/bin/sh
# class: stale-vma-use
# function: madvise_willneed (mm/madvise.c)
# expect: willneed file of vma
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/vfs_fadvise\(file,/, "vfs_fadvise(vma->vm_file,")'
