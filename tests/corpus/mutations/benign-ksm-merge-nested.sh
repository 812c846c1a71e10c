#!/bin/sh
# benign: jumps written as nested ifs
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'try_to_merge_with_ksm_page' 'rep(qr/\tif \(!vma\)\n\t\tgoto out;\n\n\terr = try_to_merge_one_page\(vma, page, kpage\);\n\tif \(err\)\n\t\tgoto out;\n/, "\tif (vma)\n\t\terr = try_to_merge_one_page(vma, page, kpage);\n\tif (err) {\n\t\tmmap_read_unlock(mm);\n\t\treturn err;\n\t}\n"); rep(qr/\nout:\n/, "\n")'
