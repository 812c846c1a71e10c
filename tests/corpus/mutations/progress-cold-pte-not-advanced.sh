#!/bin/sh
# pte not advanced with addr
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/for \(; addr < end; pte\+\+, addr \+= PAGE_SIZE\)/, "for (; addr < end; addr += PAGE_SIZE)")'
