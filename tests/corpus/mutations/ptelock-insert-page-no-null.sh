#!/bin/sh
# class: pte-lock
# function: insert_page (mm/memory.c)
# expect: get_locked_pte() may return NULL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'insert_page' 'del(qr/if \(!pte\)/)'
