#!/bin/sh
# class: page-ref-leak
# function: force_shm_swapin_readahead (mm/madvise.c)
# expect: the page that was read ahead is never given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'force_shm_swapin_readahead' 'del(qr/if \(page\)\n\s*put_page\(page\);/)'
