#!/bin/sh
# class: missing-revalidation
# function: madvise_dontneed_free (mm/madvise.c)
# expect: helper that locks and looks up again, the hole check got lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static long madvise_dontneed_free\(/, "static struct vm_area_struct *madvise_relock(struct mm_struct *mm, unsigned long start)\n{\n\tmmap_read_lock(mm);\n\treturn find_vma(mm, start);\n}\n\nstatic long madvise_dontneed_free(")'
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/\t\tmmap_read_lock\(mm\);\n\t\tvma = find_vma\(mm, start\);/, "\t\tvma = madvise_relock(mm, start);"); del(qr/if \(start < vma->vm_start\)/)'
