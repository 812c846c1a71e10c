#!/bin/sh
# both pages are lost where memory is short
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_wp' 'rep(qr/ret = VM_FAULT_OOM;\n\t\tgoto out_release_all;/, "spin_lock(ptl);\n\t\tdelayacct_wpcopy_end();\n\t\treturn VM_FAULT_OOM;")'
