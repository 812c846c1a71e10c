#!/bin/sh
# class: silent-default
# function: madvise_behavior_valid (mm/madvise.c)
# expect: madvise valid default
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_behavior_valid' 'rep(qr/default:\n\t\treturn false;/, "default:\n\t\treturn behavior >= 0;")'
