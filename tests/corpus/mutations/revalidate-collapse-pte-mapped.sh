#!/bin/sh
# the VMA found anew is not looked at
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_pte_mapped_thp' '$F =~ s/if \(!vma \|\| !vma->vm_file \|\|\n\s*!range_in_vma\(vma, haddr, haddr \+ HPAGE_PMD_SIZE\)\)/if (!vma->vm_file)/ or die'
