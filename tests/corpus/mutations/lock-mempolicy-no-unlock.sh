#!/bin/sh
# class: mmap-lock-imbalance
# function: do_get_mempolicy (mm/mempolicy.c)
# expect: mempolicy no unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'do_get_mempolicy' 'del(qr/mmap_read_unlock\(mm\);/,1)'
