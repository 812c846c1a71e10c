#!/bin/sh
# class: page-ref-leak
# function: damon_young_pmd_entry (mm/damon/vaddr.c)
# expect: leaves without put_page() where the page is idle
. "$(dirname "$0")/lib.sh"
edit "$1/mm/damon/vaddr.c" 'damon_young_pmd_entry' 'before(qr/if \(pmd_young\(\*pmd\)/, "\t\tif (page_is_idle(page) && !pmd_young(*pmd))\n\t\t\tgoto huge_out;\n")'
