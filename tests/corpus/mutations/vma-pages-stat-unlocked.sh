#!/bin/sh
# the lock is given back before the VMA is asked for the page
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'my $f = cut(qr/page = follow_page\(vma/); before(qr/err = PTR_ERR\(page\);/, "\tmmap_read_unlock(mm);\n$f\tmmap_read_lock(mm);\n")'
