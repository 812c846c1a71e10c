#!/bin/sh
# class: mmap-lock-imbalance
# function: __mm_populate (mm/gup.c)
# expect: the final unlock is gone
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'del(qr/if \(locked\)\n\s*mmap_read_unlock\(mm\);/)'
