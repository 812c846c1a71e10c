#!/bin/sh
# benign: check flags bool
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'check_vma_flags' 'rep(qr/int write = \(gup_flags & FOLL_WRITE\);/, "bool write = !!(gup_flags & FOLL_WRITE);")'
