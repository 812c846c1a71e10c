#!/bin/sh
# class: page-ref-leak
# function: do_anonymous_page (mm/memory.c)
# expect: ref anonymous uffd
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'do_anonymous_page' 'rep(qr/\t\tpte_unmap_unlock\(vmf->pte, vmf->ptl\);\n\t\tput_page\(page\);\n/, "\t\tpte_unmap_unlock(vmf->pte, vmf->ptl);\n")'
