#!/bin/sh
# class: notifier-unpaired
# function: madvise_free_single_vma (mm/madvise.c)
# expect: free return before end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'before(qr/tlb_start_vma\(&tlb, vma\)/, "\tif (fatal_signal_pending(current)) {\n\t\ttlb_finish_mmu(&tlb);\n\t\treturn -EINTR;\n\t}\n")'
