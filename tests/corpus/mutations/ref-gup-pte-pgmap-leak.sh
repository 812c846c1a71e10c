#!/bin/sh
# pgmap reference never put
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'del(qr/if \(pgmap\)/)'
