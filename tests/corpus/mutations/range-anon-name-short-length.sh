#!/bin/sh
# class: range-overflow
# function: madvise_set_anon_name (mm/madvise.c)
# expect: the length is cut to 32 bits before it is looked at
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_set_anon_name' 'rep(qr/unsigned long len;/, "unsigned int len;")'
