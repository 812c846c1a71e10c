#!/bin/sh
# class: range-overflow
# function: apply_vma_lock_flags (mm/mlock.c)
# expect: range uffd count
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'apply_vma_lock_flags' 'rep(qr/\tif \(end < start\)\n\t\treturn -EINVAL;\n\tif \(end == start\)/, "\tif (end == start)")'
