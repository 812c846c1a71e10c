#!/bin/sh
# the lock is released whether or not it is held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_dump_page' 'rep(qr/if \(locked\)\n\t\tmmap_read_unlock\(mm\);/, "mmap_read_unlock(mm);")'
