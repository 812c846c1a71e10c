#!/bin/sh
# the lock is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'mlock_pte_range' 'del(qr/spin_unlock\(ptl\);/)'
