#!/bin/sh
# the VMA is handed over for the address space
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'do_mincore' 'rep(qr/walk_page_range\(vma->vm_mm,/, "walk_page_range(vma,")'
