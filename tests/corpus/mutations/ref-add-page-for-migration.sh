#!/bin/sh
# a way out past put_page(); other ways hand the page on
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'rep(qr/if \(page_to_nid\(page\) == node\)\n\t\tgoto out_putpage;/, "if (page_to_nid(page) == node)\n\t\tgoto out;")'
