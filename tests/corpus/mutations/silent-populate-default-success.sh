#!/bin/sh
# class: silent-default
# function: madvise_populate (mm/madvise.c)
# expect: unknown error taken for success
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/default:\n.*?fallthrough;\n/s, "default:\n\t\t\t\tbreak;\n")'
