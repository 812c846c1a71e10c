#!/bin/sh
# class: notifier-unpaired
# function: zap_page_range (mm/memory.c)
# expect: page tables are zapped and nobody is told
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range' 'del(qr/mmu_notifier_range_init\(/); del(qr/mmu_notifier_invalidate_range_start/); del(qr/mmu_notifier_invalidate_range_end/); rep(qr/struct mmu_notifier_range range;/, "unsigned long last = start + size;"); rep(qr/range\.end/, "last")'
