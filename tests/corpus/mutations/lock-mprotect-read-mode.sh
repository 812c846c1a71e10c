#!/bin/sh
# protection changes under the read lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/mmap_write_lock_killable/, "mmap_read_lock_killable"); rep(qr/mmap_write_unlock/, "mmap_read_unlock")'
