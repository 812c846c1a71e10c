#!/bin/sh
# class: sleep-in-atomic
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: cold lock page
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/if \(!trylock_page\(page\)\) \{\n\t\t\t\tput_page\(page\);\n\t\t\t\tbreak;\n\t\t\t\}/, "lock_page(page);")'
