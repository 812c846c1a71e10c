#!/bin/sh
# class: stale-prev
# function: madvise_cold (mm/madvise.c)
# expect: gives the lock to a waiting writer and leaves prev as it was
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'after(qr/tlb_finish_mmu\(&tlb\);/, "\n\tif (mmap_lock_is_contended(mm)) {\n\t\tmmap_read_unlock(mm);\n\t\tcond_resched();\n\t\tmmap_read_lock(mm);\n\t}\n")'
