#!/bin/sh
# pinned pages are released as plain ones
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_single_vec' 'rep(qr/unpin_user_pages_dirty_lock\(process_pages, pinned_pages,\n\s*vm_write\);/, "release_pages(process_pages, pinned_pages);")'
