#!/bin/sh
# BENIGN: a clamp becomes ?:
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' '$F =~ s/tmp = vma->vm_end;\n\t\tif \(tmp > end\)\n\t\t\ttmp = end;/tmp = vma->vm_end > end ? end : vma->vm_end;/ or die'
