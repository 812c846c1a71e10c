#!/bin/sh
# class: page-ref-leak
# function: wp_page_copy (mm/memory.c)
# expect: new page leaked when the charge fails
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'wp_page_copy' 'rep(qr/goto oom_free_new;/, "goto oom;")'
