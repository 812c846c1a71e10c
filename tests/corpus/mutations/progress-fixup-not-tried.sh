#!/bin/sh
# class: walk-progress
# function: fixup_user_fault (mm/gup.c)
# expect: the retry does not say that it is one
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'del(qr/fault_flags \|= FAULT_FLAG_TRIED;/)'
