#!/bin/sh
# read unlock of a write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/mmap_write_unlock\(mm\)/, "mmap_read_unlock(mm)")'
