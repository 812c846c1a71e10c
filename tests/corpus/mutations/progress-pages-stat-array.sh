#!/bin/sh
# class: walk-progress
# function: do_pages_stat (mm/migrate.c)
# expect: progress pages stat array
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'do_pages_stat' 'rep(qr/\t\tpages \+= chunk_nr;\n/, "")'
