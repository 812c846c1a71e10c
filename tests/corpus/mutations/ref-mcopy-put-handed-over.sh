#!/bin/sh
# class: page-ref-leak
# function: mcopy_atomic_pte (mm/userfaultfd.c)
# expect: page put although it was handed over through *pagep: put twice
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mcopy_atomic_pte' 'rep(qr/\/\* don.t free the page \*\/\n\t\t\tgoto out;/, "goto out_release;")'
