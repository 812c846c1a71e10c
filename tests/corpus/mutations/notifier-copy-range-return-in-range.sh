#!/bin/sh
# class: notifier-unpaired
# function: copy_page_range (mm/memory.c)
# expect: return -ENOMEM leaves range and seqcount open
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'copy_page_range' 'rep(qr/ret = -ENOMEM;\n\t\t\tbreak;/, "return -ENOMEM;")'
