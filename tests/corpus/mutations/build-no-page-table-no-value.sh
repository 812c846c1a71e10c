#!/bin/sh
# class: build
# function: no_page_table (mm/gup.c)
# expect: no value on one path, an error in the kernel build
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'no_page_table' 'delln(qr/return NULL;/)'
