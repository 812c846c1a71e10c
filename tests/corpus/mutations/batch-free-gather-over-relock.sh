#!/bin/sh
# mmap_lock is dropped and taken again inside the gather
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'before(qr/mmu_notifier_invalidate_range_start\(&range\);/, "\tmmap_read_unlock(mm);\n\tmmap_read_lock(mm);\n")'
