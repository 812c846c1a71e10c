#!/bin/sh
# class: useless-writeback
# function: gup_huge_pmd (mm/gup.c)
# expect: the count goes back before the pages are added to it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'rep(qr/\t\*nr \+= refs;\n/, "\tcount = *nr;\n\t*nr = count;\n\tcount += refs;\n"); rep(qr/\tint refs;\n/, "\tint refs, count;\n")'
