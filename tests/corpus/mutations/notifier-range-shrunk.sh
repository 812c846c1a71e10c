#!/bin/sh
# only one page is announced
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'rep(qr/address, end\);/, "address, address + PAGE_SIZE);", 1)'
