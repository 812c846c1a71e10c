#!/bin/sh
# class: sleep-in-atomic
# function: hmm_vma_walk_hugetlb_entry (mm/hmm.c)
# expect: faults with the page table lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hmm.c" 'hmm_vma_walk_hugetlb_entry' 'rep(qr/\t\tspin_unlock\(ptl\);\n.*?\t\treturn hmm_vma_fault\([^;]*;/s, "\t\tint ret = hmm_vma_fault(addr, end, required_fault, walk);\n\n\t\tspin_unlock(ptl);\n\t\treturn ret;", 1)'
