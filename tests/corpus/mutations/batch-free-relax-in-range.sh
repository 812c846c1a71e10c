#!/bin/sh
# class: lock-dropped-in-batch
# function: madvise_free_single_vma (mm/madvise.c)
# expect: free relax in range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static int madvise_free_single_vma\(/, "static void madvise_relax(struct mm_struct *mm)\n{\n\tmmap_read_unlock(mm);\n\tcond_resched();\n\tmmap_read_lock(mm);\n}\n\nstatic int madvise_free_single_vma("); before(qr/walk_page_range\(vma->vm_mm, range.start/, "\tmadvise_relax(mm);\n")'
