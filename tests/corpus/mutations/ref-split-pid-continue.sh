#!/bin/sh
# class: page-ref-leak
# function: split_huge_pages_pid (mm/huge_memory.c)
# expect: ref split pid continue
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'split_huge_pages_pid' 'rep(qr/\t\tif \(!is_transparent_hugepage\(page\)\)\n\t\t\tgoto next;/, "\t\tif (!is_transparent_hugepage(page))\n\t\t\tcontinue;")'
