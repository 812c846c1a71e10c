#!/bin/sh
# the address of the range pointer is handed over
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate_device.c" 'migrate_vma_collect' 'rep(qr/&migrate_vma_walk_ops, migrate\)/, "&migrate_vma_walk_ops, &migrate->vma)")'
