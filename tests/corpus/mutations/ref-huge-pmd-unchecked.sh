#!/bin/sh
# class: page-ref-leak
# function: gup_huge_pmd (mm/gup.c)
# expect: the folio that could not be grabbed is used
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'del(qr/if \(!folio\)/);'
