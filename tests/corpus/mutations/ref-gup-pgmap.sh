#!/bin/sh
# what a callee left in a record is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'del(qr/if \(ctx\.pgmap\)/)'
