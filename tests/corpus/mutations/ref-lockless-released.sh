#!/bin/sh
# pinned pages are given back as plain ones
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'lockless_pages_from_mm' 'rep(qr/unpin_user_pages_lockless\(pages, nr_pinned\);/, "release_pages(pages, nr_pinned);")'
