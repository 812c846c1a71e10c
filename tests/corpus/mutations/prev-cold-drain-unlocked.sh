#!/bin/sh
# class: stale-prev
# function: madvise_cold (mm/madvise.c)
# expect: mmap_lock dropped to drain, *prev still names the vma
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'del(qr/lru_add_drain\(\);/); before(qr/tlb_gather_mmu/, "\t/* draining every cpu may take long: do it without the lock */\n\tmmap_read_unlock(mm);\n\tlru_add_drain_all();\n\tmmap_read_lock(mm);\n\tvma = vma_lookup(mm, start_addr);\n\tif (!vma)\n\t\treturn -ENOMEM;\n\tif (end_addr > vma->vm_end)\n\t\tend_addr = vma->vm_end;\n\tif (!can_madv_lru_vma(vma))\n\t\treturn -EINVAL;\n");'
