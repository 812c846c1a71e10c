#!/bin/sh
# class: build
# function: pte_marker_clear (mm/memory.c)
# expect: build marker clear global
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'pte_marker_clear' 'rep(qr/static vm_fault_t pte_marker_clear/, "vm_fault_t pte_marker_clear")'
