#!/bin/sh
# class: missing-revalidation
# function: __mcopy_atomic (mm/userfaultfd.c)
# expect: revalidate uffd changing once
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic' 'rep(qr/retry:\n\tmmap_read_lock\(dst_mm\);\n/, "\tmmap_read_lock(dst_mm);\n"); rep(qr/if \(mmap_changing && atomic_read\(mmap_changing\)\)\n\t\tgoto out_unlock;\n/, "if (mmap_changing && atomic_read(mmap_changing))\n\t\tgoto out_unlock;\n\nretry:\n"); rep(qr/flush_dcache_page\(page\);\n\t\t\tgoto retry;/, "flush_dcache_page(page);\n\t\t\tmmap_read_lock(dst_mm);\n\t\t\tgoto retry;")'
