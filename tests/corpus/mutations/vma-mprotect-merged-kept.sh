#!/bin/sh
# the VMA that a merge may have freed is used on
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'mprotect_fixup' 'del(qr/vma = \*pprev;/)'
