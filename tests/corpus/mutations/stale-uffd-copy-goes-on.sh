#!/bin/sh
# class: stale-vma-use
# function: __mcopy_atomic (mm/userfaultfd.c)
# expect: stale uffd copy goes on
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic' 'rep(qr/flush_dcache_page\(page\);\n\t\t\tgoto retry;/, "flush_dcache_page(page);\n\t\t\tmmap_read_lock(dst_mm);\n\t\t\tcontinue;")'
