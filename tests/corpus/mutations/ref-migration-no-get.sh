#!/bin/sh
# class: page-ref-leak
# function: add_page_for_migration (mm/migrate.c)
# expect: the page is put although no reference was asked for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'rep(qr/FOLL_GET \| FOLL_DUMP\)/, "FOLL_DUMP)");'
