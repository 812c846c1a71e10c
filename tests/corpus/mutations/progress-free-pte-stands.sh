#!/bin/sh
# the entry is not advanced
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'queue_folios_pte_range' 'rep(qr/pte\+\+, addr \+= PAGE_SIZE/, "addr += PAGE_SIZE")'
