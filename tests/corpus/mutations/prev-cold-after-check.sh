#!/bin/sh
# class: stale-prev
# function: madvise_cold (mm/madvise.c)
# expect: prev cold after check
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'rep(qr/\t\*prev = vma;\n/, ""); rep(qr/\tlru_add_drain\(\);\n/, "\tif (start_addr != end_addr)\n\t\t*prev = vma;\n\tlru_add_drain();\n")'
