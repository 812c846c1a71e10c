#!/bin/sh
# class: missing-revalidation
# function: do_mincore (mm/mincore.c)
# expect: revalidate mincore hole
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'do_mincore' 'rep(qr/if \(!vma \|\| addr < vma->vm_start\)/, "if (!vma)")'
