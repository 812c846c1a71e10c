#!/bin/sh
# class: stale-vma-use
# function: fixup_user_fault (mm/gup.c)
# expect: fixup retry label late
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'delln(qr/(?m)^retry:/); before(qr/if \(\(fault_flags & FAULT_FLAG_KILLABLE\)/, "retry:\n")'
