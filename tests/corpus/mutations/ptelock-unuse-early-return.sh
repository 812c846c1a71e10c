#!/bin/sh
# an early return with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/swapfile.c" 'unuse_pte' 'rep(qr/ret = 0;\n\t\tgoto out;/, "return 0;", 1)'
