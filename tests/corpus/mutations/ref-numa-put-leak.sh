#!/bin/sh
# class: page-ref-leak
# function: do_numa_page (mm/memory.c)
# expect: reference of numa_migrate_prep() not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'do_numa_page' 'del(qr/put_page\(page\);/)'
