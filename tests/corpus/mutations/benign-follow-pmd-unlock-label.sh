#!/bin/sh
# unlock and no_page_table shared through a label
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'rep(qr/if \(unlikely\(pmd_none\(\*pmd\)\)\) \{\n\s*spin_unlock\(ptl\);\n\s*return no_page_table\(vma, flags\);\n\s*\}/, "if (unlikely(pmd_none(*pmd)))\n\t\tgoto unlock;"); rep(qr/(return page;)\n\}\n\z/, "$1\nunlock:\n\tspin_unlock(ptl);\n\treturn no_page_table(vma, flags);\n}\n") if 0; $F =~ s/\treturn page;\n\}\n\z/\treturn page;\nunlock:\n\tspin_unlock(ptl);\n\treturn no_page_table(vma, flags);\n}\n/'
