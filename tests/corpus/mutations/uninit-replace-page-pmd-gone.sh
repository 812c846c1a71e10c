#!/bin/sh
# class: notifier-range-uninit
# function: replace_page (mm/ksm.c)
# expect: uninit replace page pmd gone
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'replace_page' 'rep(qr/pmd_trans_huge\(pmde\)\)\n\t\tgoto out;/, "pmd_trans_huge(pmde))\n\t\tgoto out_mn;")'
