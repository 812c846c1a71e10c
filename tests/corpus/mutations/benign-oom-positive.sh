#!/bin/sh
# BENIGN: a condition is turned round
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" '__oom_reap_task_mm' '$F =~ s/if \(mmu_notifier_invalidate_range_start_nonblock\(&range\)\) \{\n\t\t\t\ttlb_finish_mmu\(&tlb\);\n\t\t\t\tret = false;\n\t\t\t\tcontinue;\n\t\t\t\}\n\t\t\tunmap_page_range\(&tlb, vma, range.start, range.end, NULL\);\n\t\t\tmmu_notifier_invalidate_range_end\(&range\);\n\t\t\ttlb_finish_mmu\(&tlb\);/if (!mmu_notifier_invalidate_range_start_nonblock(&range)) {\n\t\t\t\tunmap_page_range(&tlb, vma, range.start, range.end, NULL);\n\t\t\t\tmmu_notifier_invalidate_range_end(&range);\n\t\t\t} else {\n\t\t\t\tret = false;\n\t\t\t}\n\t\t\ttlb_finish_mmu(&tlb);/ or die'
