#!/bin/sh
# class: pointer-level
# function: madvise_set_anon_name (mm/madvise.c)
# expect: the address of the pointer goes to a visitor that takes the pointer
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_set_anon_name' 'rep(qr/\(unsigned long\)anon_name,/, "(unsigned long)&anon_name,")'
