#!/bin/sh
# class: walk-progress
# function: madvise_cold (mm/madvise.c)
# expect: the end clamped after the relock never reaches the walker
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'del(qr/lru_add_drain\(\);/); before(qr/tlb_gather_mmu/, "\t*prev = NULL;\n\tmmap_read_unlock(mm);\n\tlru_add_drain_all();\n\tmmap_read_lock(mm);\n\tvma = vma_lookup(mm, start_addr);\n\tif (!vma)\n\t\treturn -ENOMEM;\n\tif (!can_madv_lru_vma(vma))\n\t\treturn -EINVAL;\n\tend_addr = min(end_addr, vma->vm_end);\n");'
