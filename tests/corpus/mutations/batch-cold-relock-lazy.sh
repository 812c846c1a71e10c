#!/bin/sh
# the mmap lock is dropped inside the notifier range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'after(qr/tlb_end_vma\(&tlb, vma\);/, "\tmmap_read_unlock(mm);\n\tcond_resched();\n\tmmap_read_lock(mm);\n")'
