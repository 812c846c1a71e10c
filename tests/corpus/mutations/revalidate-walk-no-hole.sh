#!/bin/sh
# class: missing-revalidation
# function: madvise_walk_vmas (mm/madvise.c)
# expect: a hole before the VMA that was found is handed to the visitor as a part of it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'del(qr/if \(start < vma->vm_start\) \{/)'
