#!/bin/sh
# the mmap lock is dropped between gather and finish
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'after(qr/tlb_gather_mmu\(&tlb, mm\);/, "\tmmap_read_unlock(mm);\n\tlru_add_drain_all();\n\tmmap_read_lock(mm);\n")'
