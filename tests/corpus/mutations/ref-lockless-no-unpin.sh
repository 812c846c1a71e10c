#!/bin/sh
# pages pinned during the fork are not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'lockless_pages_from_mm' 'del(qr/unpin_user_pages_lockless\(/)'
