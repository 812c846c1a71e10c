#!/bin/sh
# class: stale-vma-use
# function: do_madvise (mm/madvise.c)
# expect: a vma found under the lock is read after the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/struct blk_plug plug;/, "struct blk_plug plug;\n\tstruct vm_area_struct *first;"); before(qr/blk_start_plug/, "\tfirst = find_vma(mm, start);\n"); before(qr/return error;/, "\tif (!error && first && first->vm_flags & VM_LOCKED)\n\t\tcount_vm_event(UNEVICTABLE_PGSCANNED);\n\n");'
