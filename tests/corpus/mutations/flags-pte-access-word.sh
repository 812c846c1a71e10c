#!/bin/sh
# class: flags-misread
# function: gup_pte_range (mm/gup.c)
# expect: the whole flags word is taken for the question whether to write
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/pte_access_permitted\(pte, flags & FOLL_WRITE\)/, "pte_access_permitted(pte, flags)")'
