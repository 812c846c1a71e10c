#!/bin/sh
# class: page-ref-leak
# function: madvise_vma_behavior (mm/madvise.c)
# expect: behavior anon name leak
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'before(qr/(?m)^\tanon_vma_name_put/, "\tif (error)\n\t\tgoto out;\n")'
