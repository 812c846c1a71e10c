#!/bin/sh
# class: walk-progress
# function: follow_pmd_mask (mm/gup.c)
# expect: progress follow pmd not reread
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'rep(qr/\t\tpmd_migration_entry_wait\(mm, pmd\);\n\t\tpmdval = READ_ONCE\(\*pmd\);\n/, "\t\tpmd_migration_entry_wait(mm, pmd);\n")'
