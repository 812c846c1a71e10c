#!/bin/sh
# class: walk-progress
# function: fault_in_safe_writeable (mm/gup.c)
# expect: progress safe writeable start
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fault_in_safe_writeable' 'rep(qr/\t\tstart = \(start \+ PAGE_SIZE\) & PAGE_MASK;\n/, "\t\tend = PAGE_ALIGN(end);\n")'
