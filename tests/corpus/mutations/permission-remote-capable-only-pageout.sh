#!/bin/sh
# class: destructive-remote
# function: process_madvise (mm/madvise.c)
# expect: remote capable only pageout
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/if \(!capable\(CAP_SYS_NICE\)\)/, "if (behavior == MADV_PAGEOUT && !capable(CAP_SYS_NICE))")'
