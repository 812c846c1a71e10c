#!/bin/sh
# class: notifier-range-uninit
# function: change_pmd_range (mm/mprotect.c)
# expect: range_end on a range that may never have been started
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pmd_range' 'rep(qr/if \(range\.start\)\n\t\tmmu/, "mmu")'
