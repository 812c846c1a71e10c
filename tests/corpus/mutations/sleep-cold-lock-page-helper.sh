#!/bin/sh
# pages are written out under the page table lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'my $r = cut(qr/if \(pageout\)\n\t\treclaim_pages\(&page_list\);\n\tcond_resched/); before(qr/arch_leave_lazy_mmu_mode\(\);\n\tpte_unmap_unlock\(orig_pte, ptl\);\n\tcond_resched|arch_leave_lazy_mmu_mode\(\);\n\tpte_unmap_unlock\(orig_pte, ptl\);/, $r)'
