#!/bin/sh
# class: mmap-lock-imbalance
# function: do_madvise (mm/madvise.c)
# expect: flag-changing behaviors run under the read lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(mmap_write_lock_killable\(mm\)\)/, "if (mmap_read_lock_killable(mm))"); rep(qr/mmap_write_unlock\(mm\)/, "mmap_read_unlock(mm)")'
