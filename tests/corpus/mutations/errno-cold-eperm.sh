#!/bin/sh
# class: errno-contract
# function: madvise_cold (mm/madvise.c)
# expect: EPERM for a locked VMA; madvise(2) gives EINVAL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'rep(qr/return -EINVAL;/, "return -EPERM;")'
