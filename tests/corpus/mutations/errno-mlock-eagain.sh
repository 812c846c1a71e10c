#!/bin/sh
# no permission is another code
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'do_mlock' 'rep(qr/return -EPERM;/, "return -EAGAIN;")'
