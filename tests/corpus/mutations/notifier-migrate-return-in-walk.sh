#!/bin/sh
# a page that cannot be unmapped leaves the range open
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'try_to_migrate_one' 'rep(qr/if \(set_pmd_migration_entry\(&pvmw, subpage\)\) \{\n\s*ret = false;\n(\s*page_vma_mapped_walk_done\(&pvmw\);)\n\s*break;/, "if (set_pmd_migration_entry(&pvmw, subpage)) {\n\t\t\t\tpage_vma_mapped_walk_done(&pvmw);\n\t\t\t\treturn false;")'
