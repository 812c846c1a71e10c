#!/bin/sh
# the lock is dropped inside the gather
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'before(qr/madvise_pageout_page_range\(&tlb/, "\tmmap_read_unlock(mm);\n\tcond_resched();\n\tmmap_read_lock(mm);\n")'
