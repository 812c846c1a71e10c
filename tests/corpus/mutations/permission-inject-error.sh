#!/bin/sh
# class: destructive-remote
# function: madvise_inject_error (mm/madvise.c)
# expect: everybody can poison memory
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'del(qr/if \(!capable\(CAP_SYS_ADMIN\)\)/)'
