#!/bin/sh
# class: range-overflow
# function: do_madvise (mm/madvise.c)
# expect: a length rounded to zero is taken for an empty range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'del(qr/if \(len_in && !len\)/)'
