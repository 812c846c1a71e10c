#!/bin/sh
# class: range-rounding
# function: madvise_dontneed_single_vma (mm/madvise.c)
# expect: length rounded up to huge pages
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_single_vma' 'rep(qr/end - start, NULL/, "ALIGN(end - start, huge_page_size(hstate_vma(vma))), NULL"); rep(qr/\tzap_page_range_single/, "\tif (!is_vm_hugetlb_page(vma)) {\n\t\tzap_page_range_single(vma, start, end - start, NULL);\n\t\treturn 0;\n\t}\n\tzap_page_range_single")'
