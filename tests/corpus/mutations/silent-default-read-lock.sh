#!/bin/sh
# default is the read lock: VM_ flags changed under it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'rep(qr/return 1;/, "return 0;")'
