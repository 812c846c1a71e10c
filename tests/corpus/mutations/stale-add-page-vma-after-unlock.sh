#!/bin/sh
# class: stale-vma-use
# function: add_page_for_migration (mm/migrate.c)
# expect: stale add page vma after unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'rep(qr/out:\n\tmmap_read_unlock\(mm\);\n\treturn err;/, "out:\n\tmmap_read_unlock(mm);\n\tif (err > 0 && vma_is_shmem(vma))\n\t\tlru_add_drain();\n\treturn err;")'
