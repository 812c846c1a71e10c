#!/bin/sh
# class: pin-mismatch
# function: process_vm_rw_single_vec (mm/process_vm_access.c)
# expect: pinned pages are given back with put_page()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_single_vec' 'rep(qr/unpin_user_pages_dirty_lock\(process_pages, pinned_pages,\s*vm_write\);/, "while (pinned_pages--) {\n\t\t\tif (vm_write)\n\t\t\t\tset_page_dirty_lock(process_pages[pinned_pages]);\n\t\t\tput_page(process_pages[pinned_pages]);\n\t\t}");'
