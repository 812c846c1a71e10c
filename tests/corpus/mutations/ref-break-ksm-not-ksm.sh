#!/bin/sh
# class: page-ref-leak
# function: break_ksm (mm/ksm.c)
# expect: ref break ksm not ksm
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'break_ksm' 'rep(qr/\t\telse\n\t\t\tret = VM_FAULT_WRITE;\n/, "\t\telse\n\t\t\treturn 0;\n")'
