#!/bin/sh
# class: lock-dropped-in-batch
# function: uffd_wp_range (mm/userfaultfd.c)
# expect: mmap_lock dropped while the gather is open
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'uffd_wp_range' 'after(qr/change_protection\(/, "\tif (need_resched()) {\n\t\tmmap_read_unlock(dst_mm);\n\t\tcond_resched();\n\t\tmmap_read_lock(dst_mm);\n\t}\n")'
