#!/bin/sh
# a signal leaves the notifier range open
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'after(qr/mmu_notifier_invalidate_range_start/, "\tif (fatal_signal_pending(current)) {\n\t\ttlb_finish_mmu(&tlb);\n\t\treturn -EINTR;\n\t}\n")'
