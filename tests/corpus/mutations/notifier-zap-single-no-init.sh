#!/bin/sh
# class: notifier-range-uninit
# function: zap_page_range_single (mm/memory.c)
# expect: zap single no init
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'del(qr/mmu_notifier_range_init/)'
