#!/bin/sh
# class: page-ref-leak
# function: migrate_longterm_unpinnable_pages (mm/gup.c)
# expect: pages[i] not cleared: unpinned again on the error path
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'migrate_longterm_unpinnable_pages' 'del(qr/pages\[i\] = NULL;/, 2)'
