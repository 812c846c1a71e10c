#!/bin/sh
# class: missing-revalidation
# function: madvise_walk_vmas (mm/madvise.c)
# expect: the end of the address space is dereferenced
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'del(qr/if \(!vma\)/)'
