#!/bin/sh
# the destination may lie in a hole
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'find_dst_vma' '$F =~ s/dst_start < dst_vma->vm_start \|\|/0 ||/ or rep(qr/find_vma_intersection|vma_lookup/, "find_vma")'
