#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: gup_pmd_range (mm/gup.c)
# change: the flags are asked before the entry
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pmd_range' 'rep(qr/pmd_protnone\(pmd\) &&\n\s*!gup_can_follow_protnone\(flags\)/, "!gup_can_follow_protnone(flags) &&\n\t\t\t    pmd_protnone(pmd)")'
