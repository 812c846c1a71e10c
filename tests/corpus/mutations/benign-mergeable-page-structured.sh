#!/bin/sh
# benign: mergeable page structured
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'get_mergeable_page' 'rep(qr/\tif \(PageAnon\(page\)\) \{\n\t\tflush_anon_page\(vma, page, addr\);\n\t\tflush_dcache_page\(page\);\n\t\} else \{\nout_putpage:\n\t\tput_page\(page\);\nout:\n\t\tpage = NULL;\n\t\}\n\tmmap_read_unlock\(mm\);\n\treturn page;/, "\tif (!PageAnon(page))\n\t\tgoto out_putpage;\n\tflush_anon_page(vma, page, addr);\n\tflush_dcache_page(page);\n\tmmap_read_unlock(mm);\n\treturn page;\nout_putpage:\n\tput_page(page);\nout:\n\tmmap_read_unlock(mm);\n\treturn NULL;")'
