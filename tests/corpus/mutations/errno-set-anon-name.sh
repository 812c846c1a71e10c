#!/bin/sh
# a file is -EBADF
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_anon_name' 'rep(qr/return -EBADF;/, "return -EINVAL;")'
