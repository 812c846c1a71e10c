#!/bin/sh
# class: build
# function: madvise_willneed (mm/madvise.c)
# expect: no previous prototype
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/static long madvise_willneed/, "long madvise_willneed")'
