#!/bin/sh
# BENIGN: do becomes while
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'unmap_vmas' 'rep(qr/do \{\n(\s*unmap_single_vma\([^;]*;)\n\t\} while \(\(vma = mas_find\(&mas, end_addr - 1\)\) != NULL\);/, "while (vma) {\n\t\tunmap_single_vma(tlb, vma, start_addr, end_addr, &details);\n\t\tvma = mas_find(&mas, end_addr - 1);\n\t}")'
