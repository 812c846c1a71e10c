#!/bin/sh
# benign: wp range split condition
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mwriteprotect_range' 'rep(qr/\tif \(!userfaultfd_wp\(dst_vma\)\)\n\t\tgoto out_unlock;\n\tif \(!vma_can_userfault\(dst_vma, dst_vma->vm_flags\)\)\n\t\tgoto out_unlock;/, "\tif (!userfaultfd_wp(dst_vma) ||\n\t    !vma_can_userfault(dst_vma, dst_vma->vm_flags))\n\t\tgoto out_unlock;")'
