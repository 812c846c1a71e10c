#!/bin/sh
# class: walk-progress
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: the for became a while: continue no longer advances pte and addr
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/for \(; addr < end; pte\+\+, addr \+= PAGE_SIZE\) \{/, "while (addr < end) {"); rep(qr/\} else\s*deactivate_page\(page\);\n\t\}\n/, "} else\n\t\t\tdeactivate_page(page);\n\t\tpte++;\n\t\taddr += PAGE_SIZE;\n\t}\n"); rep(qr/\t\t\tpte--;\n\t\t\taddr -= PAGE_SIZE;\n/, "");'
