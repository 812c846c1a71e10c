#!/bin/sh
# class: notifier-unpaired
# function: page_vma_mkclean_one (mm/rmap.c)
# expect: returns at the first clean entry, the notifier is never ended
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'page_vma_mkclean_one' 'rep(qr/if \(!pte_dirty\(\*pte\) && !pte_write\(\*pte\)\)\s*continue;/, "if (!pte_dirty(*pte) && !pte_write(*pte))\n\t\t\t\treturn cleaned;");'
