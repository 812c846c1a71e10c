#!/bin/sh
# class: sleep-in-atomic
# function: copy_huge_pmd (mm/huge_memory.c)
# expect: pte_alloc_one() under two page table locks
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'copy_huge_pmd' 'rep(qr/pgtable = pte_alloc_one\(dst_mm\);\s*if \(unlikely\(!pgtable\)\)\s*goto out;\n/, ""); rep(qr/ret = -EAGAIN;\n/, "pgtable = pte_alloc_one(dst_mm);\n\tif (unlikely(!pgtable))\n\t\tgoto out_unlock;\n\n\tret = -EAGAIN;\n");'
