#!/bin/sh
# unmapped memory is -ENOMEM
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'do_mincore' 'rep(qr/return -ENOMEM;/, "return -EFAULT;")'
