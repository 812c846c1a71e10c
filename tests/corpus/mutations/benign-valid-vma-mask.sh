#!/bin/sh
# benign: valid vma mask
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free_valid_vma' 'rep(qr/\*end = ALIGN_DOWN\(.*\);/, "*end &= huge_page_mask(hstate_vma(vma));")'
