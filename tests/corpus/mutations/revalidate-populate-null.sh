#!/bin/sh
# class: missing-revalidation
# function: madvise_populate (mm/madvise.c)
# expect: vma_lookup() may find nothing
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'del(qr/if \(!vma\)/)'
