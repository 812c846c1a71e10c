#!/bin/sh
# class: range-rounding
# function: generic_fadvise (mm/fadvise.c)
# expect: rounding fadvise start down
. "$(dirname "$0")/lib.sh"
edit "$1/mm/fadvise.c" 'generic_fadvise' 'rep(qr/start_index = \(offset\+\(PAGE_SIZE-1\)\) >> PAGE_SHIFT;/, "start_index = offset >> PAGE_SHIFT;")'
