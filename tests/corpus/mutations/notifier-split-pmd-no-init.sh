#!/bin/sh
# the range is never filled in
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" '__split_huge_pmd' 'del(qr/mmu_notifier_range_init/)'
