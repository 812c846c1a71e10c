#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: do_mprotect_pkey (mm/mprotect.c)
# change: two steps become a maximum
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'del(qr/nstart = tmp;/); del(qr/if \(nstart < prev->vm_end\)/); before(qr/if \(nstart >= end\)/, "\t\tnstart = max(tmp, prev->vm_end);\n")'
