#!/bin/sh
# read_swap_cache_async() sleeps in an RCU section
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'force_shm_swapin_readahead' 'my $u = cut(qr/rcu_read_unlock\(\);/, 1); before(qr/rcu_read_lock\(\);\n\t\}/, $u)'
