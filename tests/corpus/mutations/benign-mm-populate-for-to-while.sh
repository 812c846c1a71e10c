#!/bin/sh
# class: BENIGN
# function: __mm_populate (mm/gup.c)
# expect: the loop ends by itself, the clamp in one expression
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'rep(qr/if \(nstart < vma->vm_start\)\s*nstart = vma->vm_start;/, "nstart = max(nstart, vma->vm_start);");'
