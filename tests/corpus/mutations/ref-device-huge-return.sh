#!/bin/sh
# class: page-ref-leak
# function: __gup_device_huge (mm/gup.c)
# expect: the device map is kept where a page cannot be had
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__gup_device_huge' 'rep(qr/undo_dev_pagemap\(nr, nr_start, flags, pages\);\n\t\t\tbreak;/, "undo_dev_pagemap(nr, nr_start, flags, pages);\n\t\t\treturn 0;", 2)'
