#!/bin/sh
# class: walk-progress
# function: apply_vma_lock_flags (mm/mlock.c)
# expect: nstart is not moved on, the loop locks the first part for ever
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'apply_vma_lock_flags' 'del(qr/nstart = tmp;/); rep(qr/if \(nstart < prev->vm_end\)\s*nstart = prev->vm_end;\s*if \(nstart >= end\)/, "if (tmp >= end)");'
