#!/bin/sh
# class: walk-progress
# function: insert_pages (mm/memory.c)
# expect: what remains is not counted down, so the loop starts over for ever
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'insert_pages' 'del(qr/remaining_pages_total -= batch_size;/)'
