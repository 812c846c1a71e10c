#!/bin/sh
# class: gup-fast-protnone
# function: gup_pte_range (mm/gup.c)
# expect: fast GUP takes pages of entries with a NUMA hint
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'del(qr/if \(pte_protnone\(pte\)/)'
