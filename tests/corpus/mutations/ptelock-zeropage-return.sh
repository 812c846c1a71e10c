#!/bin/sh
# class: pte-lock
# function: mfill_zeropage_pte (mm/userfaultfd.c)
# expect: ptelock zeropage return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mfill_zeropage_pte' 'rep(qr/\tif \(!pte_none\(\*dst_pte\)\)\n\t\tgoto out_unlock;/, "\tif (!pte_none(*dst_pte))\n\t\treturn ret;")'
