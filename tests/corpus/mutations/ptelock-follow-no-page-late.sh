#!/bin/sh
# class: pte-lock
# function: follow_page_pte (mm/gup.c)
# expect: a present pte leaves with the lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'my $u = cut(qr/pte_unmap_unlock\(ptep, ptl\);/, 3); before(qr/return no_page_table\(vma, flags\);/, $u, 3)'
