#!/bin/sh
# a huge page is followed without the hint fault
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'del(qr/if \(pmd_protnone\(pmdval\)/)'
