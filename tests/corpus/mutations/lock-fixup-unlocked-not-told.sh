#!/bin/sh
# class: mmap-lock-imbalance
# function: fixup_user_fault (mm/gup.c)
# expect: *unlocked not set: the caller goes on with its old vma
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'del(qr/\*unlocked = true;/, 2)'
