#!/bin/sh
# class: walk-progress
# function: unuse_vma (mm/swapfile.c)
# expect: addr not moved on with the pgd
. "$(dirname "$0")/lib.sh"
edit "$1/mm/swapfile.c" 'unuse_vma' 'rep(qr/while \(pgd\+\+, addr = next, addr != end\)/, "while (pgd++, next != end)")'
