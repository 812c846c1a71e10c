#!/bin/sh
# class: walk-progress
# function: zap_pte_range (mm/memory.c)
# expect: addr never comes to end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_pte_range' 'rep(qr/pte\+\+, addr \+= PAGE_SIZE, addr != end/, "pte++, addr != end")'
