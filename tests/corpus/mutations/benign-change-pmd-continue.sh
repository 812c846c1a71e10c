#!/bin/sh
# benign: change pmd continue
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pmd_range' 'rep(qr/pmd_none_or_clear_bad_unless_trans_huge\(pmd\)\)\n\t\t\tgoto next;/, "pmd_none_or_clear_bad_unless_trans_huge(pmd))\n\t\t\tcontinue;")'
