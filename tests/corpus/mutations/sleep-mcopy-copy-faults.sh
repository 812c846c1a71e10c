#!/bin/sh
# class: sleep-in-atomic
# function: mcopy_atomic_pte (mm/userfaultfd.c)
# expect: sleep mcopy copy faults
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mcopy_atomic_pte' 'rep(qr/\t\tpagefault_enable\(\);\n/, ""); rep(qr/\t\tkunmap_local\(page_kaddr\);\n\n\t\t\/\* fallback/, "\t\tkunmap_local(page_kaddr);\n\t\tcond_resched();\n\t\tpagefault_enable();\n\n\t\t/* fallback")'
