#!/bin/sh
# class: lock-dropped-in-batch
# function: madvise_cold (mm/madvise.c)
# expect: the lock is dropped in a helper while the gather is open
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/(?=^static long madvise_cold\()/m, "static void madvise_relax(struct mm_struct *mm)\n{\n\tif (!need_resched() && !mmap_lock_is_contended(mm))\n\t\treturn;\n\tmmap_read_unlock(mm);\n\tcond_resched();\n\tmmap_read_lock(mm);\n}\n\n");' && \
edit "$1/mm/madvise.c" 'madvise_cold' 'before(qr/madvise_cold_page_range\(/, "\tmadvise_relax(mm);\n")'
