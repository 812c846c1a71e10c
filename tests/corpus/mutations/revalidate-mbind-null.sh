#!/bin/sh
# class: missing-revalidation
# function: add_page_for_migration (mm/migrate.c)
# expect: revalidate mbind null
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'rep(qr/if \(!vma \|\| !vma_migratable\(vma\)\)/, "if (!vma_migratable(vma))")'
