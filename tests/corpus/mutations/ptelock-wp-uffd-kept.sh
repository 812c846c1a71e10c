#!/bin/sh
# class: pte-lock
# function: do_wp_page (mm/memory.c)
# expect: the fault is handed to userspace with the pte lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'do_wp_page' 'rep(qr/\t\t\tpte_unmap_unlock\(vmf->pte, vmf->ptl\);\n(?=\t\t\treturn handle_userfault)/, "")'
