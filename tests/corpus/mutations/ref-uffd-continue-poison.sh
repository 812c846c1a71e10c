#!/bin/sh
# class: page-ref-leak
# function: mcontinue_atomic_pte (mm/userfaultfd.c)
# expect: ref uffd continue poison
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mcontinue_atomic_pte' 'rep(qr/\t\tret = -EIO;\n\t\tgoto out_release;/, "\t\tret = -EIO;\n\t\tgoto out;")'
