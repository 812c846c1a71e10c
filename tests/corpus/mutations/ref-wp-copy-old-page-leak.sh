#!/bin/sh
# class: page-ref-leak
# function: wp_page_copy (mm/memory.c)
# expect: old page not put when the copy failed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'wp_page_copy' 'del(qr/if \(old_page\)\n\t\t\t\tput_page\(old_page\);/)'
