#!/bin/sh
# the retry goes on without the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'del(qr/mmap_read_lock\(mm\);/, 2)'
