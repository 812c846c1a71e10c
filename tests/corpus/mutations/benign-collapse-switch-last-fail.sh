#!/bin/sh
# class: BENIGN
# function: madvise_collapse (mm/khugepaged.c)
# expect: the file branch in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" '-' 'rep(qr/int madvise_collapse\(struct vm_area_struct \*vma, struct vm_area_struct \*\*prev,/, "static int collapse_file_unlocked(struct mm_struct *mm,\n\t\tstruct vm_area_struct *vma, unsigned long addr,\n\t\tstruct collapse_control *cc)\n{\n\tstruct file *file = get_file(vma->vm_file);\n\tpgoff_t pgoff = linear_page_index(vma, addr);\n\tint result;\n\n\tmmap_read_unlock(mm);\n\tresult = hpage_collapse_scan_file(mm, addr, file, pgoff, cc);\n\tfput(file);\n\treturn result;\n}\n\nint madvise_collapse(struct vm_area_struct *vma, struct vm_area_struct **prev,");' && \
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/struct file \*file = get_file\(vma->vm_file\);\s*pgoff_t pgoff = linear_page_index\(vma, addr\);\s*mmap_read_unlock\(mm\);\s*mmap_locked = false;\s*result = hpage_collapse_scan_file\(mm, addr, file, pgoff,\s*cc\);\s*fput\(file\);/, "result = collapse_file_unlocked(mm, vma, addr, cc);\n\t\t\tmmap_locked = false;");'
