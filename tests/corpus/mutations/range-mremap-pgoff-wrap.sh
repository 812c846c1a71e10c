#!/bin/sh
# pgoff + pages may wrap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'vma_to_resize' 'del(qr/if \(pgoff \+ \(new_len/)'
