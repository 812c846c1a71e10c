#!/bin/sh
# class: missing-revalidation
# function: madvise_pageout (mm/madvise.c)
# expect: looked up again after the drain, flags and end not checked again
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'del(qr/lru_add_drain\(\);/); before(qr/tlb_gather_mmu/, "\t*prev = NULL;\n\tmmap_read_unlock(mm);\n\tlru_add_drain_all();\n\tmmap_read_lock(mm);\n\tvma = vma_lookup(mm, start_addr);\n\tif (!vma)\n\t\treturn -ENOMEM;\n");'
