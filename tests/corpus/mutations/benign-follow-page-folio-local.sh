#!/bin/sh
# class: BENIGN
# function: follow_page_pte (mm/gup.c)
# expect: the unpin goes through a helper of its own
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '-' 'rep(qr/static struct page \*follow_page_pte\(/, "static struct page *make_accessible(struct page *page)\n{\n\tint ret = arch_make_page_accessible(page);\n\n\tif (ret) {\n\t\tunpin_user_page(page);\n\t\treturn ERR_PTR(ret);\n\t}\n\treturn page;\n}\n\nstatic struct page *follow_page_pte(");' && \
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/ret = arch_make_page_accessible\(page\);\s*if \(ret\) \{\s*unpin_user_page\(page\);\s*page = ERR_PTR\(ret\);\s*goto out;\s*\}/, "page = make_accessible(page);\n\t\tif (IS_ERR(page))\n\t\t\tgoto out;");'
