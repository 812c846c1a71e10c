#!/bin/sh
# a gather that is never finished
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'del(qr/tlb_finish_mmu\(&tlb\);/)'
