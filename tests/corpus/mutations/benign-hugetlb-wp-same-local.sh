#!/bin/sh
# benign: condition in a local
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_wp' 'rep(qr/\tif \(likely\(ptep && pte_same\(huge_ptep_get\(ptep\), pte\)\)\) \{/, "\toutside_reserve = ptep && pte_same(huge_ptep_get(ptep), pte);\n\tif (likely(outside_reserve)) {")'
