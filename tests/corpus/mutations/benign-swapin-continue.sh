#!/bin/sh
# BENIGN: nothing read is passed over early
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'swapin_walk_pmd_entry' 'rep(qr/if \(page\)\n\t\t\tput_page\(page\);/, "if (!page)\n\t\t\tcontinue;\n\t\tput_page(page);")'
