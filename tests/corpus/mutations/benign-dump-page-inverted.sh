#!/bin/sh
# BENIGN: one result leaves early
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_dump_page' 'rep(qr/return \(ret == 1\) \? page : NULL;/, "if (ret != 1)\n\t\treturn NULL;\n\treturn page;")'
