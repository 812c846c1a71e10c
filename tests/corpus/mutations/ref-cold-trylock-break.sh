#!/bin/sh
# class: page-ref-leak
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: the page is not given back when its lock is busy
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/if \(!trylock_page\(page\)\) \{\s*put_page\(page\);\s*break;\s*\}/, "if (!trylock_page(page))\n\t\t\t\tbreak;");'
