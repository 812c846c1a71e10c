#!/bin/sh
# class: lock-dropped-in-batch
# function: madvise_pageout (mm/madvise.c)
# expect: mmap_lock dropped between two chunks of one TLB gather
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'rep(qr/madvise_pageout_page_range\(&tlb, vma, start_addr, end_addr\);/, "while (start_addr < end_addr) {\n\t\tunsigned long next = min(end_addr, start_addr + PMD_SIZE);\n\n\t\tmadvise_pageout_page_range(&tlb, vma, start_addr, next);\n\t\tstart_addr = next;\n\t\tif (start_addr < end_addr && mmap_lock_is_contended(mm)) {\n\t\t\t*prev = NULL;\n\t\t\tmmap_read_unlock(mm);\n\t\t\tcond_resched();\n\t\t\tmmap_read_lock(mm);\n\t\t\tvma = vma_lookup(mm, start_addr);\n\t\t\tif (!vma || !can_madv_lru_vma(vma) || end_addr > vma->vm_end)\n\t\t\t\tbreak;\n\t\t}\n\t}");'
