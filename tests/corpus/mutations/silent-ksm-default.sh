#!/bin/sh
# class: silent-default
# function: ksm_madvise (mm/ksm.c)
# expect: silent ksm default
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'ksm_madvise' 'rep(qr/\tcase MADV_UNMERGEABLE:/, "\tdefault:")'
