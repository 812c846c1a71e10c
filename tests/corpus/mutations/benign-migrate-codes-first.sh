#!/bin/sh
# BENIGN: codes are set where they are needed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' '$F =~ s/err = 0;\n\tif \(page_to_nid\(page\) == node\)\n\t\tgoto out_putpage;\n\n\terr = -EACCES;\n\tif \(page_mapcount\(page\) > 1 && !migrate_all\)\n\t\tgoto out_putpage;/if (page_to_nid(page) == node) {\n\t\terr = 0;\n\t\tgoto out_putpage;\n\t}\n\n\tif (page_mapcount(page) > 1 && !migrate_all) {\n\t\terr = -EACCES;\n\t\tgoto out_putpage;\n\t}/ or die'
