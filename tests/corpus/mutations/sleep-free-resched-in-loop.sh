#!/bin/sh
# cond_resched() in the loop under the pte lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'before(qr/ptent = \*pte;/, "\t\tcond_resched();\n")'
