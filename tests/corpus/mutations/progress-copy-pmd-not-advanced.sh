#!/bin/sh
# class: walk-progress
# function: copy_pmd_range (mm/memory.c)
# expect: the source entry stays the first one
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'copy_pmd_range' 'rep(qr/dst_pmd\+\+, src_pmd\+\+, addr = next/, "dst_pmd++, addr = next")'
