#!/bin/sh
# gather never finished
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'del(qr/tlb_finish_mmu\(&tlb\);/)'
