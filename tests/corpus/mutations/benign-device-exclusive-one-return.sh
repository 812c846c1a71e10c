#!/bin/sh
# benign: walk ended by the flag
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'page_make_device_exclusive_one' 'rep(qr/\twhile \(page_vma_mapped_walk\(&pvmw\)\) \{/, "\twhile (ret && page_vma_mapped_walk(&pvmw)) {"); rep(qr/page_vma_mapped_walk_done\(&pvmw\);\n\t\t\tbreak;/, "page_vma_mapped_walk_done(&pvmw);\n\t\t\tcontinue;")'
