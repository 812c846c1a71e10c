#!/bin/sh
# class: pte-lock
# function: mlock_pte_range (mm/mlock.c)
# expect: returns on a signal with the pte lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'mlock_pte_range' 'before(qr/if \(!pte_present\(\*pte\)\)/, "\t\tif (fatal_signal_pending(current))\n\t\t\treturn -EINTR;\n");'
