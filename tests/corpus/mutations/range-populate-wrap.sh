#!/bin/sh
# the sum may wrap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'apply_vma_lock_flags' 'del(qr/if \(end < start\)/)'
