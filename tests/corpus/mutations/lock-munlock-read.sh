#!/bin/sh
# VMAs are changed under the read lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'SYSCALL_DEFINE2\(munlock' 'rep(qr/if \(mmap_write_lock_killable\(current->mm\)\)/, "if (mmap_read_lock_killable(current->mm))"); rep(qr/mmap_write_unlock/, "mmap_read_unlock")'
