#!/bin/sh
# class: stale-prev
# function: madvise_pageout (mm/madvise.c)
# expect: lets others have the lock after prev was set
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'before(qr/\tlru_add_drain\(\);/, "\tif (rwsem_is_contended(&mm->mmap_lock)) {\n\t\tmmap_read_unlock(mm);\n\t\tmmap_read_lock(mm);\n\t\tvma = find_vma(mm, start_addr);\n\t\tif (!vma || start_addr < vma->vm_start || end_addr > vma->vm_end || !can_madv_lru_vma(vma))\n\t\t\treturn -ENOMEM;\n\t}\n")'
