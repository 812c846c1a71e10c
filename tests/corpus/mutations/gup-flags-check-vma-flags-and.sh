#!/bin/sh
# class: flags-misread
# function: check_vma_flags (mm/gup.c)
# expect: check vma flags and
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'check_vma_flags' 'rep(qr/\(gup_flags & FOLL_WRITE\)/, "(gup_flags && FOLL_WRITE)")'
