#!/bin/sh
# class: walk-progress
# function: madvise_populate (mm/madvise.c)
# expect: start advances by pages, not by bytes
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/start \+= pages \* PAGE_SIZE;/, "start += pages;");'
