#!/bin/sh
# class: range-overflow
# function: madvise_set_anon_name (mm/madvise.c)
# expect: a length rounded to zero is taken for an empty range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_set_anon_name' 'del(qr/if \(len_in && !len\)/)'
