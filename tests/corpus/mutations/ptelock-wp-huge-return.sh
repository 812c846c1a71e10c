#!/bin/sh
# a return instead of the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'change_huge_pmd' 'rep(qr/goto unlock;/, "return ret;", 1)'
