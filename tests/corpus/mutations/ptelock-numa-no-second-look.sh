#!/bin/sh
# class: pte-lock
# function: do_numa_page (mm/memory.c)
# expect: ptelock numa no second look
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'do_numa_page' 'rep(qr/\tspin_lock\(vmf->ptl\);\n\tif \(unlikely\(!pte_same\(\*vmf->pte, vmf->orig_pte\)\)\) \{\n\t\tpte_unmap_unlock\(vmf->pte, vmf->ptl\);\n\t\treturn 0;\n\t\}\nout_map:/, "\tspin_lock(vmf->ptl);\nout_map:")'
