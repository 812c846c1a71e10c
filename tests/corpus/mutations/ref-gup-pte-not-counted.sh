#!/bin/sh
# class: page-ref-leak
# function: gup_pte_range (mm/gup.c)
# expect: the reference is taken, the page is stored, and nobody counts it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'del(qr/\(\*nr\)\+\+;/)'
