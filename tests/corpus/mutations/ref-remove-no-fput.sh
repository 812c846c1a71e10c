#!/bin/sh
# the file is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'del(qr/fput\(f\);/)'
