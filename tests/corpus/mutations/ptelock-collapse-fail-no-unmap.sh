#!/bin/sh
# class: pte-lock
# function: collapse_huge_page (mm/khugepaged.c)
# expect: pte_unmap() missing on the failure path
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'del(qr/pte_unmap\(pte\);/, 1)'
