#!/bin/sh
# class: walk-progress
# function: damon_pa_pageout (mm/damon/paddr.c)
# expect: the loop does not move on where there is no page
. "$(dirname "$0")/lib.sh"
edit "$1/mm/damon/paddr.c" 'damon_pa_pageout' 'rep(qr/for \(addr = r->ar.start; addr < r->ar.end; addr \+= PAGE_SIZE\) \{/, "addr = r->ar.start;\n\twhile (addr < r->ar.end) {"); rep(qr/\t\tput_page\(page\);\n\t\}\n/, "\t\tput_page(page);\n\t\taddr += PAGE_SIZE;\n\t}\n")'
