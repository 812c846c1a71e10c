#!/bin/sh
# benign: put of a page in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" '-' 'rep(qr/int make_device_exclusive_range\(/, "static void exclusive_drop(struct page **page)\n{\n\tput_page(*page);\n\t*page = NULL;\n}\n\nint make_device_exclusive_range(")'
edit "$1/mm/rmap.c" 'make_device_exclusive_range' 'rep(qr/\t\t\tfolio_put\(folio\);\n\t\t\tpages\[i\] = NULL;\n\t\t\tcontinue;/, "\t\t\texclusive_drop(&pages[i]);\n\t\t\tcontinue;")'
