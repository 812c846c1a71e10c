#!/bin/sh
# class: missing-revalidation
# function: gup_huge_pmd (mm/gup.c)
# expect: the entry is not read again after the reference
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'del(qr/if \(unlikely\(pmd_val\(orig\) != pmd_val\(\*pmdp\)\)\)/)'
