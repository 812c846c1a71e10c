#!/bin/sh
# benign: fixup loop
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'delln(qr/(?m)^retry:/); before(qr/vma = vma_lookup/, "\tfor (;;) {\n"); rep(qr/\t\tgoto retry;\n\t\}/, "\t\tcontinue;\n\t}"); rep(qr/\n\treturn 0;\n\}\n\z/, "\n\treturn 0;\n\t}\n}\n")'
