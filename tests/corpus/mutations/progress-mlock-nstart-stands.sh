#!/bin/sh
# the start stands still
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'apply_vma_lock_flags' 'del(qr/nstart = tmp;/); del(qr/if \(nstart < prev->vm_end\)/)'
