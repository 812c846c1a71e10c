#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: migrate_longterm_unpinnable_pages (mm/gup.c)
# change: success and failure share the end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'migrate_longterm_unpinnable_pages' 'rep(qr/\tputback_movable_pages\(movable_page_list\);\n\n\treturn -EAGAIN;\n\nerr:\n/, "\tret = -EAGAIN;\n\tgoto out;\n\nerr:\n"); rep(qr/\tputback_movable_pages\(movable_page_list\);\n\n\treturn ret;/, "out:\n\tputback_movable_pages(movable_page_list);\n\n\treturn ret;")'
