#!/bin/sh
# class: missing-revalidation
# function: __gup_device_huge_pmd (mm/gup.c)
# expect: pmd not looked at again after the references were taken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__gup_device_huge_pmd' 'rep(qr/\tif \(unlikely\(pmd_val\(orig\) != pmd_val\(\*pmdp\)\)\) \{\n.*?\n\t\}\n/s, "")'
