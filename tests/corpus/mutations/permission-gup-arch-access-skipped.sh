#!/bin/sh
# class: destructive-remote
# function: check_vma_flags (mm/gup.c)
# expect: arch_vma_access_permitted() no longer asked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'check_vma_flags' 'del(qr/if \(!arch_vma_access_permitted\(/)'
