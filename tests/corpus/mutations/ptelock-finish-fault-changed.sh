#!/bin/sh
# class: pte-lock
# function: finish_fault (mm/memory.c)
# expect: returns with the lock where the entry changed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'finish_fault' 'rep(qr/\t\tret = VM_FAULT_NOPAGE;\n\t\}\n/, "\t\treturn VM_FAULT_NOPAGE;\n\t}\n")'
