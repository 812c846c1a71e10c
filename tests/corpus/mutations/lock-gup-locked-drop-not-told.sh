#!/bin/sh
# class: mmap-lock-imbalance
# function: __get_user_pages_locked (mm/gup.c)
# expect: the caller is not told that the lock was dropped meanwhile
. "$(dirname "$0")/lib.sh"
export MUT_NEED='lock_dropped'
edit "$1/mm/gup.c" '__get_user_pages_locked' 'del(qr/if \(lock_dropped && \*locked\)/)'
