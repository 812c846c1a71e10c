#!/bin/sh
# pages not moved on: what was got is overwritten
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'del(qr/if \(likely\(pages\)\)\n\s*pages \+= ret;/)'
