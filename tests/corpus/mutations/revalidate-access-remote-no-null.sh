#!/bin/sh
# class: missing-revalidation
# function: __access_remote_vm (mm/memory.c)
# expect: second vma_lookup() not checked for NULL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" '__access_remote_vm' 'del(qr/if \(!vma\)\n\t\t\t\tbreak;/)'
