#!/bin/sh
# class: BENIGN
# function: add_page_for_migration (mm/migrate.c)
# expect: ERR and NULL told apart in one expression
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'rep(qr/err = PTR_ERR\(page\);\s*if \(IS_ERR\(page\)\)\s*goto out;\s*err = -ENOENT;\s*if \(!page\)\s*goto out;/, "if (IS_ERR_OR_NULL(page)) {\n\t\terr = page ? PTR_ERR(page) : -ENOENT;\n\t\tgoto out;\n\t}");'
