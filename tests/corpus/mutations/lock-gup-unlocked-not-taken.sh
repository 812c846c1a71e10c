#!/bin/sh
# nobody takes the lock that is given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_user_pages_unlocked' 'del(qr/mmap_read_lock\(mm\);/)'
