#!/bin/sh
# mmap_lock is dropped before the gather is finished
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'before(qr/tlb_finish_mmu\(&tlb\);/, "\tmmap_write_unlock(current->mm);\n\tmmap_write_lock(current->mm);\n")'
