#!/bin/sh
# class: page-ref-leak
# function: collapse_huge_page (mm/khugepaged.c)
# expect: hpage not set to NULL: the mapped page is put
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'del(qr/hpage = NULL;/)'
