#!/bin/sh
# class: sleep-in-atomic
# function: queue_folios_pte_range (mm/mempolicy.c)
# expect: sleep queue folios resched
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'queue_folios_pte_range' 'rep(qr/\tpte_unmap_unlock\(mapped_pte, ptl\);\n\tcond_resched\(\);\n/, "\tcond_resched();\n\tpte_unmap_unlock(mapped_pte, ptl);\n")'
