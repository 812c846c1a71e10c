#!/bin/sh
# class: sleep-in-atomic
# function: do_huge_pmd_wp_page (mm/huge_memory.c)
# expect: sleep wp pmd folio lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'do_huge_pmd_wp_page' 'rep(qr/\t\tspin_unlock\(vmf->ptl\);\n\t\tfolio_lock\(folio\);\n\t\tspin_lock\(vmf->ptl\);\n/, "\t\tfolio_lock(folio);\n")'
