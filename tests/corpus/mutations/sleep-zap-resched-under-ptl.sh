#!/bin/sh
# class: sleep-in-atomic
# function: zap_pte_range (mm/memory.c)
# expect: cond_resched() in the loop under the pte lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_pte_range' 'rep(qr/if \(need_resched\(\)\)\n\s*break;/, "cond_resched();")'
