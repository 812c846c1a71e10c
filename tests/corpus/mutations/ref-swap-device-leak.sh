#!/bin/sh
# class: page-ref-leak
# function: do_swap_page (mm/memory.c)
# expect: the swap device stays busy when the fault succeeds
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'do_swap_page' 'del(qr/if \(si\)/, 1)'
