#!/bin/sh
# class: gup-fast-protnone
# function: pte_to_hmm_pfn_flags (mm/hmm.c)
# expect: a protnone pte is handed out as valid
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hmm.c" 'pte_to_hmm_pfn_flags' 'rep(qr/ \|\| pte_protnone\(pte\)/, "")'
