#!/bin/sh
# class: errno-contract
# function: process_vm_rw_core (mm/process_vm_access.c)
# expect: errno process vm partial
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_core' 'rep(qr/\tif \(total_len\)\n\t\trc = total_len;\n/, "\tif (!rc)\n\t\trc = total_len;\n")'
