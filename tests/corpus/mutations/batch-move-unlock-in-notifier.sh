#!/bin/sh
# mmap_lock is dropped while listeners are told to wait
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'before(qr/mmu_notifier_invalidate_range_end\(&range\);/, "\tmmap_read_unlock(vma->vm_mm);\n\tmmap_read_lock(vma->vm_mm);\n")'
