#!/bin/sh
# a page is allocated under two page table locks
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'copy_pte_range' 'before(qr/arch_leave_lazy_mmu_mode\(\);/, "\tprealloc = alloc_page(GFP_KERNEL);\n")'
