#!/bin/sh
# class: notifier-unpaired
# function: collapse_huge_page (mm/khugepaged.c)
# expect: announced range is one page, the whole pmd is flushed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'rep(qr/address, address \+ HPAGE_PMD_SIZE\)/, "address, address + PAGE_SIZE)")'
