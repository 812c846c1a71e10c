#!/bin/sh
# the page is locked under the lock of the pmd
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'before(qr/spin_unlock\(ptl\);/, "\t\tlock_page(pmd_page(*pmd));\n\t\tunlock_page(pmd_page(*pmd));\n", 1)'
