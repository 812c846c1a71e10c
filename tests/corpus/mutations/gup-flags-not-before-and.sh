#!/bin/sh
# class: flags-misread
# function: check_vma_flags (mm/gup.c)
# expect: ! binds before &, so FOLL_FORCE is never asked for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'check_vma_flags' 'rep(qr/!\(gup_flags & FOLL_FORCE\)/, "!gup_flags & FOLL_FORCE", 1)'
