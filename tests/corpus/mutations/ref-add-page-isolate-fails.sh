#!/bin/sh
# class: page-ref-leak
# function: add_page_for_migration (mm/migrate.c)
# expect: ref add page isolate fails
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'rep(qr/\t\tif \(err\)\n\t\t\tgoto out_putpage;/, "\t\tif (err)\n\t\t\tgoto out;")'
