#!/bin/sh
# class: gup-fast-protnone
# function: follow_trans_huge_pmd (mm/huge_memory.c)
# expect: a huge page with a NUMA hint is followed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'follow_trans_huge_pmd' 'del(qr/if \(pmd_protnone\(\*pmd\)/)'
