#!/bin/sh
# class: errno-contract
# function: madvise_inject_error (mm/madvise.c)
# expect: inject eacces
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'rep(qr/-EPERM/, "-EACCES")'
