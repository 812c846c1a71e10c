#!/bin/sh
# class: stale-prev
# function: mprotect_fixup (mm/mprotect.c)
# expect: *pprev left NULL by the failed merge: caller reads prev->vm_end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'mprotect_fixup' 'del(qr/\*pprev = vma;/, 2)'
