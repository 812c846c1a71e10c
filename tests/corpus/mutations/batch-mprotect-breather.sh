#!/bin/sh
# class: lock-dropped-in-batch
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: mmap_lock dropped and retaken while the gather is open
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'before(qr/vma = find_vma\(current->mm, prev->vm_end\);/, "\t\tif (need_resched()) {\n\t\t\tmmap_write_unlock(current->mm);\n\t\t\tcond_resched();\n\t\t\tmmap_write_lock(current->mm);\n\t\t\tprev = find_vma(current->mm, nstart - 1);\n\t\t\tif (!prev) {\n\t\t\t\terror = -ENOMEM;\n\t\t\t\tbreak;\n\t\t\t}\n\t\t}\n");'
