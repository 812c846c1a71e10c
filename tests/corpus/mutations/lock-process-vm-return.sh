#!/bin/sh
# returns with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_single_vec' 'rep(qr/if \(locked\)\n\t\t\tmmap_read_unlock\(mm\);\n\t\tif \(pinned_pages <= 0\)\n\t\t\treturn -EFAULT;/, "if (pinned_pages <= 0)\n\t\t\treturn -EFAULT;\n\t\tif (locked)\n\t\t\tmmap_read_unlock(mm);")'
