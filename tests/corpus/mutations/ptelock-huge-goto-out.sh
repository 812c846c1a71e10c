#!/bin/sh
# the huge zero page leaves with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/if \(is_huge_zero_pmd\(orig_pmd\)\)\n\t\t\tgoto huge_unlock;/, "if (is_huge_zero_pmd(orig_pmd))\n\t\t\treturn 0;")'
