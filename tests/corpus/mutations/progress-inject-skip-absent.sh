#!/bin/sh
# class: walk-progress
# function: madvise_inject_error (mm/madvise.c)
# expect: an absent page is skipped with a continue although size was not set
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'rep(qr/if \(ret != 1\)\s*return ret;/, "if (ret != 1)\n\t\t\tcontinue;"); rep(qr/unsigned long size;/, "unsigned long size = 0;");'
