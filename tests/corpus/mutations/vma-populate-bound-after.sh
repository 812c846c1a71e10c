#!/bin/sh
# the end of the VMA is read after the lock was dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/start \+= pages \* PAGE_SIZE;/, "start = min(start + pages * PAGE_SIZE, vma->vm_end);"); del(qr/vma = NULL;/)'
