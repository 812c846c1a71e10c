#!/bin/sh
# class: build
# function: madvise_cold (mm/madvise.c)
# expect: a function that promises a value ends without one
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'del(qr/return 0;/)'
