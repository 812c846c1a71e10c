#!/bin/sh
# page put before it is copied
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" '__access_remote_vm' 'my $p = cut(qr/put_page\(page\);/); after(qr/maddr = kmap\(page\);/, $p)'
