#!/bin/sh
# class: mmap-lock-imbalance
# function: vm_brk_flags (mm/mmap.c)
# expect: returns with the write lock held where the limits say no
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'vm_brk_flags' 'rep(qr/goto limits_failed;/, "return ret;"); rep(qr/limits_failed:\n/, "")'
