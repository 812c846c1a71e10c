#!/bin/sh
# class: BENIGN
# function: follow_page_pte, gup_pmd_range (mm/gup.c)
# the question is asked by a helper, or in two conditions
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '-' 'before(qr/^static struct page \*follow_page_pte\(/m, "static bool has_hint(pte_t pte, unsigned int flags)\n{\n\treturn pte_protnone(pte) && !gup_can_follow_protnone(flags);\n}\n\n")'
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(pte_protnone\(pte\) && !gup_can_follow_protnone\(flags\)\)/, "if (unlikely(has_hint(pte, flags)))")'
edit "$1/mm/gup.c" 'gup_pmd_range' 'rep(qr/if \(pmd_protnone\(pmd\) &&\s*!gup_can_follow_protnone\(flags\)\)\s*return 0;/, "if (!gup_can_follow_protnone(flags)) {\n\t\t\t\tif (pmd_protnone(pmd))\n\t\t\t\t\treturn 0;\n\t\t\t}")'
