#!/bin/sh
# class: pte-lock
# function: follow_pfn (mm/memory.c)
# expect: ptelock follow pfn kept
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'follow_pfn' 'rep(qr/\tpte_unmap_unlock\(ptep, ptl\);\n/, "")'
