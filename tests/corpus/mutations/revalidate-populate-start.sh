#!/bin/sh
# the VMA is not looked up where the range leaves it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/if \(!vma \|\| start >= vma->vm_end\)/, "if (!vma)")'
