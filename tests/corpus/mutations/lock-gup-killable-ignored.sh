#!/bin/sh
# result of mmap_read_lock_killable() ignored
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'del(qr/if \(ret\) \{/)'
