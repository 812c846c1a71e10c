#!/bin/sh
# class: useless-writeback
# function: follow_hugetlb_page (mm/hugetlb.c)
# expect: writeback hugetlb position early
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'follow_hugetlb_page' 'rep(qr/int err = -EFAULT, refs;\n/, "int err = -EFAULT, refs;\n\n\t*position = vaddr;\n"); rep(qr/\t\*position = vaddr;\n\n\treturn i \? i : err;/, "\n\treturn i ? i : err;")'
