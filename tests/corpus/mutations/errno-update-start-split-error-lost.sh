#!/bin/sh
# class: errno-contract
# function: madvise_update_vma (mm/madvise.c)
# expect: error of the split at start ignored
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_update_vma' 'del(qr/if \(error\)\n\t\t\treturn error;/, 1)'
