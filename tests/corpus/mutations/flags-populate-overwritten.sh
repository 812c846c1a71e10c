#!/bin/sh
# class: flags-misread
# function: populate_vma_page_range (mm/gup.c)
# expect: flags populate overwritten
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'populate_vma_page_range' 'rep(qr/\t\tgup_flags \|= FOLL_WRITE;/, "\t\tgup_flags = FOLL_WRITE;")'
