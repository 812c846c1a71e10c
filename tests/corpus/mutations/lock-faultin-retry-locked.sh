#!/bin/sh
# class: mmap-lock-imbalance
# function: faultin_page (mm/gup.c)
# expect: *locked not cleared on VM_FAULT_RETRY
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'faultin_page' 'del(qr/if \(locked && !\(fault_flags/)'
