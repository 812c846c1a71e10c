#!/bin/sh
# BENIGN: three ifs become one
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mwriteprotect_range' '$F =~ s/if \(!dst_vma\)\n\t\tgoto out_unlock;\n\tif \(!userfaultfd_wp\(dst_vma\)\)\n\t\tgoto out_unlock;\n\tif \(!vma_can_userfault\(dst_vma, dst_vma->vm_flags\)\)\n\t\tgoto out_unlock;/if (!dst_vma || !userfaultfd_wp(dst_vma) ||\n\t    !vma_can_userfault(dst_vma, dst_vma->vm_flags))\n\t\tgoto out_unlock;/ or die'
