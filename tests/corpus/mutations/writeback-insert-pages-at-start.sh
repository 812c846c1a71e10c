#!/bin/sh
# class: useless-writeback
# function: insert_pages (mm/memory.c)
# expect: *num written before anything was inserted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'insert_pages' 'del(qr/\*num = remaining_pages_total;/); before(qr/^more:/m, "\t*num = remaining_pages_total;\n")'
