#!/bin/sh
# class: destructive-remote
# function: check_vma_flags (mm/gup.c)
# expect: read-only mappings are written through without FOLL_FORCE
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'check_vma_flags' 'rep(qr/\t\t\tif \(!\(gup_flags & FOLL_FORCE\)\)\n\t\t\t\treturn -EFAULT;\n/, "", 1)'
