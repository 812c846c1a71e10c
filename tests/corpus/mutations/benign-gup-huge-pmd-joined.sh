#!/bin/sh
# benign: two ways out joined
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'rep(qr/\tif \(unlikely\(pmd_val\(orig\) != pmd_val\(\*pmdp\)\)\) \{\n.*?return 0;\n\t\}\n\n\tif \(!pmd_write\(orig\) && gup_must_unshare\(flags, &folio->page\)\) \{/s, "\tif (unlikely(pmd_val(orig) != pmd_val(*pmdp)) ||\n\t    (!pmd_write(orig) && gup_must_unshare(flags, &folio->page))) {")'
