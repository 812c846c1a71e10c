#!/bin/sh
# benign: copy hugetlb unlock order
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'copy_hugetlb_page_range' 'rep(qr/\t\t\t\thugetlb_install_page\(dst_vma, dst_pte, addr, new\);\n\t\t\t\tspin_unlock\(src_ptl\);\n\t\t\t\tspin_unlock\(dst_ptl\);/, "\t\t\t\thugetlb_install_page(dst_vma, dst_pte, addr, new);\n\t\t\t\tspin_unlock(dst_ptl);\n\t\t\t\tspin_unlock(src_ptl);")'
