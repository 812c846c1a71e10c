#!/bin/sh
# class: page-ref-leak
# function: __get_user_pages (mm/gup.c)
# expect: a poisoned page is refused and its reference kept
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'before(qr/\t\tif \(pages\) \{\n\t\t\tpages\[i\] = page;/, "\t\tif (unlikely(PageHWPoison(page))) {\n\t\t\tret = -EHWPOISON;\n\t\t\tgoto out;\n\t\t}\n")'
