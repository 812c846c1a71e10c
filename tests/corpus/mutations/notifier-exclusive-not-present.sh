#!/bin/sh
# class: notifier-unpaired
# function: page_make_device_exclusive_one (mm/rmap.c)
# expect: returns without the end where the entry is not present
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'page_make_device_exclusive_one' 'rep(qr/ret = false;\n\t\t\tpage_vma_mapped_walk_done\(&pvmw\);\n\t\t\tbreak;/, "page_vma_mapped_walk_done(&pvmw);\n\t\t\treturn false;")'
