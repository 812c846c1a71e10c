#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_pageout (mm/madvise.c)
# change: question asked one level further down
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'rep(qr/!can_do_pageout\(vma\)/, "cannot_page_out(vma)"); $F = "static bool cannot_page_out(struct vm_area_struct *vma)\n{\n\treturn !can_do_pageout(vma);\n}\n\n" . $F'
