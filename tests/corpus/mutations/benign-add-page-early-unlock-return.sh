#!/bin/sh
# benign: add page early unlock return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'rep(qr/\tif \(!vma \|\| !vma_migratable\(vma\)\)\n\t\tgoto out;/, "\tif (!vma || !vma_migratable(vma)) {\n\t\tmmap_read_unlock(mm);\n\t\treturn err;\n\t}")'
