#!/bin/sh
# the same address in every round
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_single_vec' 'del(qr/pa \+= pinned_pages/)'
