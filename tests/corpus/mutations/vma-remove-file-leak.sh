#!/bin/sh
# class: stale-vma-use
# function: madvise_remove (mm/madvise.c)
# expect: fput() missing: file reference leaked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'del(qr/fput\(f\);/)'
