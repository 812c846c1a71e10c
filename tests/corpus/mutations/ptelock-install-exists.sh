#!/bin/sh
# class: pte-lock
# function: mfill_atomic_install_pte (mm/userfaultfd.c)
# expect: returns -EEXIST with the pte lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mfill_atomic_install_pte' 'rep(qr/ret = -EEXIST;\n/, ""); rep(qr/if \(!pte_none_mostly\(\*dst_pte\)\)\s*goto out_unlock;/, "if (!pte_none_mostly(*dst_pte))\n\t\treturn -EEXIST;");'
