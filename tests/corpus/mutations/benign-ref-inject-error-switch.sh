#!/bin/sh
# class: BENIGN
# function: madvise_inject_error (mm/madvise.c)
# the flags of memory_failure() are put together before
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'rep(qr/memory_failure\(pfn, MF_COUNT_INCREASED \| MF_SW_SIMULATED\)/, "memory_failure(pfn, mf_flags)"); rep(qr/\n\t\tint ret;/, "\n\t\tint mf_flags = MF_COUNT_INCREASED | MF_SW_SIMULATED;\n\t\tint ret;")'
