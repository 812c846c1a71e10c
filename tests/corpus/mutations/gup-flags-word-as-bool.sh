#!/bin/sh
# class: flags-misread
# function: check_vma_flags (mm/gup.c)
# expect: any flag counts as write access
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'check_vma_flags' 'rep(qr/int write = \(gup_flags & FOLL_WRITE\)/, "bool write = gup_flags")'
