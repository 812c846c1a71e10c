#!/bin/sh
# class: silent-default
# function: process_madvise_behavior_valid (mm/madvise.c)
# expect: the default gives the answer of the values that are named
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' 'rep(qr/return false/, "return true")'
