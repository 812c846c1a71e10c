#!/bin/sh
# class: BENIGN
# function: check_vma_flags, __gup_longterm_locked (mm/gup.c)
# the same conditions in other words
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'check_vma_flags' 'rep(qr/int write = \(gup_flags & FOLL_WRITE\)/, "bool write = !!(gup_flags & FOLL_WRITE)")'
edit "$1/mm/gup.c" '__gup_longterm_locked' 'rep(qr/if \(WARN_ON\(!\(gup_flags & FOLL_PIN\)\)\)\s*return -EINVAL;/, "if (unlikely((gup_flags & FOLL_PIN) == 0)) {\n\t\trc = -EINVAL;\n\t\treturn rc;\n\t}")'
