#!/bin/sh
# class: stale-vma-use
# function: khugepaged_scan_mm_slot (mm/khugepaged.c)
# expect: linear_page_index() of the vma after mmap_read_unlock()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'khugepaged_scan_mm_slot' 'rep(qr/pgoff_t pgoff = linear_page_index\(vma,\s*khugepaged_scan.address\);/, "pgoff_t pgoff;"); lnafter(qr/mmap_read_unlock\(mm\);\n\s*\*result/, ""); rep(qr/mmap_read_unlock\(mm\);\n(\s*)\*result = hpage/, "mmap_read_unlock(mm);\n\t\t\t\tpgoff = linear_page_index(vma, khugepaged_scan.address);\n\t\t\t\t*result = hpage");'
