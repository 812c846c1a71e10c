#!/bin/sh
# class: mmap-lock-imbalance
# function: add_page_for_migration (mm/migrate.c)
# expect: an error of follow_page() is returned with mmap_lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'rep(qr/err = PTR_ERR\(page\);\s*if \(IS_ERR\(page\)\)\s*goto out;/, "if (IS_ERR(page))\n\t\treturn PTR_ERR(page);");'
