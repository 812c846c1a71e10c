#!/bin/sh
# benign: collapse break
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/goto out_nolock;/, "break;"); delln(qr/(?m)^out_nolock:/)'
