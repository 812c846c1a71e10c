#!/bin/sh
# taken for reading and released for writing
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/mmap_write_lock_killable\(mm\)/, "mmap_read_lock_killable(mm)")'
