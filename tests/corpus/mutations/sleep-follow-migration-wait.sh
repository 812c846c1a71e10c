#!/bin/sh
# waits for the migration with the page table lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'my $u = cut(qr/pte_unmap_unlock\(ptep, ptl\);/, 1); after(qr/migration_entry_wait\(mm, pmd, address\);/, $u)'
