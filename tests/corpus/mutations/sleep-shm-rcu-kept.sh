#!/bin/sh
# class: sleep-in-atomic
# function: force_shm_swapin_readahead (mm/madvise.c)
# expect: rcu_read_lock() still held at lru_add_drain() and at the return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'force_shm_swapin_readahead' 'del(qr/rcu_read_unlock\(\);/, 2)'
