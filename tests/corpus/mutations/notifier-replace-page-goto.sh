#!/bin/sh
# leaves past the end of the range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'replace_page' 'rep(qr/goto out_mn;/, "goto out;")'
