#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: - (mm/gup.c)
# expect: the unlock of get_dump_page() in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '-' 'rep(qr/(?=^struct page \*get_dump_page\()/m, "static void drop_dump_mm(struct mm_struct *mm, int locked)\n{\n\tif (locked)\n\t\tmmap_read_unlock(mm);\n}\n\n"); $F =~ s/(\nstruct page \*get_dump_page.*?)if \(locked\)\n\s*mmap_read_unlock\(mm\);/$1drop_dump_mm(mm, locked);/s'
