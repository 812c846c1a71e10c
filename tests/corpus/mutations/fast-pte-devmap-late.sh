#!/bin/sh
# class: gup-fast-protnone
# function: gup_pmd_range (mm/gup.c)
# expect: huge pmd taken without a look at protnone where it is devmap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pmd_range' 'rep(qr/if \(pmd_protnone\(pmd\) &&/, "if (pmd_devmap(pmd) && pmd_protnone(pmd) &&")'
