#!/bin/sh
# class: missing-revalidation
# function: break_cow (mm/ksm.c)
# expect: vma looked up without asking whether there is one at the address
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'break_cow' 'rep(qr/vma = find_mergeable_vma\(mm, addr\);\n\tif \(vma\)\n\t\tbreak_ksm/, "vma = find_vma(mm, addr);\n\tif (vma)\n\t\tbreak_ksm")'
