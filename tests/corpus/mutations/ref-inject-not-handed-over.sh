#!/bin/sh
# the reference of get_user_pages_fast() is not handed over
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'rep(qr/memory_failure\(pfn, MF_COUNT_INCREASED \| MF_SW_SIMULATED\)/, "memory_failure(pfn, MF_SW_SIMULATED)")'
