#!/bin/sh
# class: sleep-in-atomic
# function: do_anonymous_page (mm/memory.c)
# expect: handle_userfault() with the pte lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'do_anonymous_page' 'del(qr/pte_unmap_unlock\(vmf->pte, vmf->ptl\);\n\t\t\treturn handle/)'
