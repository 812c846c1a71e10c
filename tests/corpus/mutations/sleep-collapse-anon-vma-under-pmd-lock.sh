#!/bin/sh
# the anon_vma lock is taken under the lock of the pmd
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'my $l = cut(qr/anon_vma_lock_write\(vma->anon_vma\);/); after(qr/pmd_ptl = pmd_lock\(mm, pmd\);/, $l)'
