#!/bin/sh
# class: flags-misread
# function: faultin_page (mm/gup.c)
# expect: flags faultin and
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'faultin_page' 'rep(qr/if \(\*flags & FOLL_REMOTE\)/, "if (*flags && FOLL_REMOTE)")'
