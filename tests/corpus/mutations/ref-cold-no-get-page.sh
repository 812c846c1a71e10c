#!/bin/sh
# class: page-ref-leak
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: put_page without get_page
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'del(qr/get_page\(page\);/, 2)'
