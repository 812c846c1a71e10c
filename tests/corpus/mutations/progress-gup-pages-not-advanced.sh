#!/bin/sh
# the next page goes where the last one is
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'del(qr/if \(likely\(pages\)\)/, 2)'
