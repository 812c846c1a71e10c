#!/bin/sh
# class: page-ref-leak
# function: madvise_inject_error (mm/madvise.c)
# expect: page used although get_user_pages_fast() got none
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'del(qr/if \(ret != 1\)/)'
