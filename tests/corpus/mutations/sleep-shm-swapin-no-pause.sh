#!/bin/sh
# class: sleep-in-atomic
# function: force_shm_swapin_readahead (mm/madvise.c)
# expect: swap-in under rcu_read_lock()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'force_shm_swapin_readahead' 'del(qr/xas_pause\(&xas\);/); del(qr/rcu_read_unlock\(\);/, 1); del(qr/rcu_read_lock\(\);/, 2);'
