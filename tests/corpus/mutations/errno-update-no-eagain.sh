#!/bin/sh
# class: errno-contract
# function: madvise_vma_anon_name (mm/madvise.c)
# expect: ENOMEM of a split is handed on, EAGAIN is what siblings make of it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_anon_name' 'del(qr/if \(error == -ENOMEM\)/)'
