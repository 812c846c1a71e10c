#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_dontneed_free (mm/madvise.c)
# change: lookup and hole check move into a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/vma = find_vma\(mm, start\);/, "vma = find_again(mm, start);"); del(qr/if \(start < vma->vm_start\) \{/)'
edit "$1/mm/madvise.c" '-' 'rep(qr/(?=^static long madvise_dontneed_free\()/m, "static struct vm_area_struct *find_again(struct mm_struct *mm, unsigned long addr)\n{\n\tstruct vm_area_struct *found = find_vma(mm, addr);\n\n\tif (!found || addr < found->vm_start)\n\t\treturn NULL;\n\treturn found;\n}\n\n")'
