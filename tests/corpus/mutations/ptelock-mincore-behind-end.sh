#!/bin/sh
# the mapping is ended through a pointer behind its last entry
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'mincore_pte_range' 'rep(qr/ptep - 1, ptl/, "ptep, ptl")'
