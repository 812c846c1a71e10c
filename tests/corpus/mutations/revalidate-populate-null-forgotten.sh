#!/bin/sh
# NULL says that the VMA is to be looked up, and nobody asks
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/if \(!vma \|\| start >= vma->vm_end\) \{/, "if (start >= vma->vm_end) {")'
