#!/bin/sh
# class: mmap-lock-imbalance
# function: do_madvise (mm/madvise.c)
# expect: do madvise killable inverted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(mmap_write_lock_killable/, "if (!mmap_write_lock_killable")'
