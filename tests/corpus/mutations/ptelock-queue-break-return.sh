#!/bin/sh
# an error returns with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'queue_folios_pte_range' 'rep(qr/\} else\n\t\t\tbreak;/, "} else\n\t\t\treturn -EIO;")'
