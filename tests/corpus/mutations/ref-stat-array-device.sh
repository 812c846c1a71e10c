#!/bin/sh
# class: page-ref-leak
# function: do_pages_stat_array (mm/migrate.c)
# expect: a device page is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'do_pages_stat_array' 'rep(qr/if \(!is_zone_device_page\(page\)\)\s*err = page_to_nid\(page\);/, "if (is_zone_device_page(page))\n\t\t\tgoto set_status;\n\t\terr = page_to_nid(page);");'
