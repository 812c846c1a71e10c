#!/bin/sh
# benign: zap single helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" '-' 'rep(qr/void zap_page_range_single\(/, "static void zap_announced(struct mmu_gather *tlb, struct vm_area_struct *vma,\n\t\tstruct mmu_notifier_range *range, unsigned long address,\n\t\tunsigned long end, struct zap_details *details)\n{\n\tmmu_notifier_invalidate_range_start(range);\n\tunmap_single_vma(tlb, vma, address, end, details);\n\tmmu_notifier_invalidate_range_end(range);\n}\n\nvoid zap_page_range_single("); rep(qr/\tmmu_notifier_invalidate_range_start\(&range\);\n\t\/\*\n\t \* unmap/, "\t/*\n\t * unmap"); rep(qr/\tunmap_single_vma\(&tlb, vma, address, end, details\);\n\tmmu_notifier_invalidate_range_end\(&range\);/, "\tzap_announced(&tlb, vma, &range, address, end, details);")'
