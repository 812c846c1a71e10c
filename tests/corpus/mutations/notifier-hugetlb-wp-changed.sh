#!/bin/sh
# class: notifier-unpaired
# function: hugetlb_wp (mm/hugetlb.c)
# expect: leaves without the end where the entry changed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_wp' 'rep(qr/\t\tnew_page = old_page;\n\t\}\n/, "\t\tnew_page = old_page;\n\t} else {\n\t\tspin_unlock(ptl);\n\t\tgoto out_release_all;\n\t}\n")'
