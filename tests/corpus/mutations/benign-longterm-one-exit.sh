#!/bin/sh
# BENIGN: both results leave at one place
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'migrate_longterm_unpinnable_pages' 'rep(qr/\tputback_movable_pages\(movable_page_list\);\n\n\treturn -EAGAIN;\n\nerr:/, "\tret = -EAGAIN;\n\tgoto out;\nerr:"); rep(qr/\tputback_movable_pages\(movable_page_list\);\n\n\treturn ret;/, "out:\n\tputback_movable_pages(movable_page_list);\n\treturn ret;")'
