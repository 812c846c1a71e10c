#!/bin/sh
# class: flags-misread
# function: follow_hugetlb_page (mm/hugetlb.c)
# expect: flags | FOLL_NOWAIT is always true
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'follow_hugetlb_page' 'rep(qr/if \(flags & FOLL_NOWAIT\)/, "if (flags | FOLL_NOWAIT)")'
