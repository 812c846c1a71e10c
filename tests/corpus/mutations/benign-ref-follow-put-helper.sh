#!/bin/sh
# class: BENIGN
# function: follow_page_pte (mm/gup.c)
# the accessible check moves into a helper that unpins
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '-' 'before(qr/^static struct page \*follow_page_pte\(/m, "static int make_accessible(struct page *page)\n{\n\tint ret = arch_make_page_accessible(page);\n\n\tif (ret)\n\t\tunpin_user_page(page);\n\treturn ret;\n}\n\n")'
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/ret = arch_make_page_accessible\(page\);\s*if \(ret\) \{\s*unpin_user_page\(page\);/, "ret = make_accessible(page);\n\t\tif (unlikely(ret != 0)) {")'
