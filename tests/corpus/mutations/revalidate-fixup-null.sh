#!/bin/sh
# class: missing-revalidation
# function: fixup_user_fault (mm/gup.c)
# expect: the second lookup may find nothing
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'del(qr/if \(!vma\)/)'
