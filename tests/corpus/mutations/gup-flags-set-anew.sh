#!/bin/sh
# = for |= takes the other flags away
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'faultin_vma_page_range' 'rep(qr/if \(write\)\n\t\tgup_flags \|= FOLL_WRITE;/, "if (write)\n\t\tgup_flags = FOLL_WRITE;")'
