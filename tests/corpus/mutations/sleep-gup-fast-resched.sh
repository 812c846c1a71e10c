#!/bin/sh
# rescheduled before the lock is released
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'mlock_pte_range' 'my $c = cut(qr/cond_resched\(\);/); before(qr/spin_unlock\(ptl\);/, $c)'
