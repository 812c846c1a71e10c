#!/bin/sh
# class: notifier-range-uninit
# function: page_vma_mkclean_one (mm/rmap.c)
# expect: initialised only where there are notifiers, used always
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'page_vma_mkclean_one' 'rep(qr/\tmmu_notifier_range_init/, "\tif (vma_is_shared_maywrite(vma))\n\t\tmmu_notifier_range_init")'
