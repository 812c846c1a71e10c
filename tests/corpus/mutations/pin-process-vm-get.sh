#!/bin/sh
# got with a reference, given back as a pin
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_single_vec' 'rep(qr/pin_user_pages_remote\(/, "get_user_pages_remote(")'
