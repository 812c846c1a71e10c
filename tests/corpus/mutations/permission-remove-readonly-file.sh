#!/bin/sh
# class: destructive-remote
# function: madvise_remove (mm/madvise.c)
# expect: holes can be punched through a mapping that may not be written
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'del(qr/if \(!vma_is_shared_maywrite\(vma\)\)/)'
