#!/bin/sh
# class: useless-writeback
# function: undo_dev_pagemap (mm/gup.c)
# expect: the count is written back before the local is brought down
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'undo_dev_pagemap' 'rep(qr/while \(\(\*nr\) - nr_start\) \{\n\s*struct page \*page = pages\[--\(\*nr\)\];/, "int n = *nr;\n\n\t*nr = n;\n\twhile (n - nr_start) {\n\t\tstruct page *page = pages[--n];")'
