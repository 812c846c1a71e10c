#!/bin/sh
# class: page-ref-leak
# function: process_vm_rw_core (mm/process_vm_access.c)
# expect: ref process vm mm
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_core' 'rep(qr/\tif \(total_len\)\n\t\trc = total_len;\n\n\tmmput\(mm\);\n/, "\tif (total_len) {\n\t\trc = total_len;\n\t\tmmput(mm);\n\t}\n")'
