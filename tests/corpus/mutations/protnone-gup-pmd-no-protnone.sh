#!/bin/sh
# class: gup-fast-protnone
# function: gup_pmd_range (mm/gup.c)
# expect: gup pmd no protnone
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pmd_range' 'del(qr/if \(pmd_protnone/)'
