#!/bin/sh
# class: mmap-lock-imbalance
# function: process_vm_rw_single_vec (mm/process_vm_access.c)
# expect: mmap_lock is unlocked although pin_user_pages_remote() may have dropped it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_single_vec' 'rep(qr/if \(locked\)\s*mmap_read_unlock\(mm\);/, "mmap_read_unlock(mm);");'
