#!/bin/sh
# class: range-overflow
# function: madvise_set_anon_name (mm/madvise.c)
# expect: anon name zero len
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_set_anon_name' 'del(qr/if \(len_in && !len\)/)'
