#!/bin/sh
# benign: follow pfn inverted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'follow_pfn' 'rep(qr/\tif \(ret\)\n\t\treturn ret;\n\t\*pfn = pte_pfn\(\*ptep\);\n\tpte_unmap_unlock\(ptep, ptl\);\n\treturn 0;/, "\tif (!ret) {\n\t\t*pfn = pte_pfn(*ptep);\n\t\tpte_unmap_unlock(ptep, ptl);\n\t}\n\treturn ret;")'
