#!/bin/sh
# benign: gup pte label
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' '$F =~ s/pte_unmap(?=[;:])/done/g; rep(qr/ptem = ptep = (.*);/, "ptep = pte_offset_map(&pmd, addr);\n\tptem = ptep;")'
