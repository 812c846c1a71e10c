#!/bin/sh
# nstart never advanced to the end of the VMA
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'apply_vma_lock_flags' 'del(qr/nstart = tmp;/)'
