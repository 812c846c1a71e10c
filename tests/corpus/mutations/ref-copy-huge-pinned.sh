#!/bin/sh
# class: page-ref-leak
# function: copy_huge_pmd (mm/huge_memory.c)
# expect: the page keeps its reference when the copy must split
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'copy_huge_pmd' 'del(qr/put_page\(src_page\);/);'
