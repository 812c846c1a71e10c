#!/bin/sh
# no reference is given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'do_pages_stat_array' 'del(qr/if \(foll_flags & FOLL_GET\)/)'
