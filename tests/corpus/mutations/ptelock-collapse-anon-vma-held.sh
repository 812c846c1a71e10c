#!/bin/sh
# anon_vma lock kept when the isolation fails
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'del(qr/anon_vma_unlock_write\(vma->anon_vma\);/, 1)'
