#!/bin/sh
# the flags are lost for the retry
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'rep(qr/fault_flags \|= FAULT_FLAG_TRIED;/, "fault_flags = FAULT_FLAG_TRIED;")'
