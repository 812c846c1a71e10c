#!/bin/sh
# result of mmap_write_lock_killable() ignored
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(mmap_write_lock_killable\(mm\)\)\n\s*return -EINTR;/, "mmap_write_lock_killable(mm);")'
