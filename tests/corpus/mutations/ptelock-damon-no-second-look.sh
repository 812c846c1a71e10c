#!/bin/sh
# the entry is taken for a huge page without a look under the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/damon/vaddr.c" 'damon_mkold_pmd_entry' 'rep(qr/if \(pmd_trans_huge\(\*pmd\)\) \{\n\t\t\tdamon_pmdp_mkold\(pmd, walk->vma, addr\);\n\t\t\tspin_unlock\(ptl\);\n\t\t\treturn 0;\n\t\t\}\n\t\tspin_unlock\(ptl\);/, "damon_pmdp_mkold(pmd, walk->vma, addr);\n\t\tspin_unlock(ptl);\n\t\treturn 0;")'
