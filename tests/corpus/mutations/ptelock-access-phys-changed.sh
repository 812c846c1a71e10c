#!/bin/sh
# class: pte-lock
# function: generic_access_phys (mm/memory.c)
# expect: tries again with the pte lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'generic_access_phys' 'rep(qr/\t\tpte_unmap_unlock\(ptep, ptl\);\n\t\tiounmap/, "\t\tiounmap")'
