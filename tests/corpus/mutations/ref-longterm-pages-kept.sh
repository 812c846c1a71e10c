#!/bin/sh
# class: page-ref-leak
# function: migrate_longterm_unpinnable_pages (mm/gup.c)
# expect: a page that was unpinned stays in the array and is unpinned again on error
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'migrate_longterm_unpinnable_pages' 'rep(qr/\t\tunpin_user_page\(pages\[i\]\);\n\t\tpages\[i\] = NULL;\n/, "\t\tunpin_user_page(pages[i]);\n")'
