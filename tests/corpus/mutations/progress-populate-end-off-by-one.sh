#!/bin/sh
# class: walk-progress
# function: madvise_populate (mm/madvise.c)
# expect: start == vm_end is not looked up again: zero pages, no progress
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/start >= vma->vm_end/, "start > vma->vm_end")'
