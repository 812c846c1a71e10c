#!/bin/sh
# what was done is not taken off
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_single_vec' 'del(qr/nr_pages -= pinned_pages;/)'
