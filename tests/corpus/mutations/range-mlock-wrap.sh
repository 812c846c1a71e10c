#!/bin/sh
# class: range-overflow
# function: apply_vma_lock_flags (mm/mlock.c)
# expect: start + len may wrap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'apply_vma_lock_flags' 'rep(qr/if \(end < start\)\s*return -EINVAL;\s*if \(end == start\)/, "if (!len)");'
