#!/bin/sh
# the gather is finished twice
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'after(qr/tlb_finish_mmu\(&tlb\);/, "\ttlb_finish_mmu(&tlb);\n")'
