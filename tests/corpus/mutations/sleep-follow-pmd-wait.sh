#!/bin/sh
# waits for the migration before the lock is released
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'my $u = cut(qr/spin_unlock\(ptl\);/, 3); after(qr/pmd_migration_entry_wait\(mm, pmd\);/, $u, 2)'
