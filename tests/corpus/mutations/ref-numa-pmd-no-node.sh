#!/bin/sh
# class: page-ref-leak
# function: do_huge_pmd_numa_page (mm/huge_memory.c)
# expect: ref numa pmd no node
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'do_huge_pmd_numa_page' 'rep(qr/\tif \(target_nid == NUMA_NO_NODE\) \{\n\t\tput_page\(page\);\n\t\tgoto out_map;\n\t\}/, "\tif (target_nid == NUMA_NO_NODE)\n\t\tgoto out_map;")'
