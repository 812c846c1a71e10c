#!/bin/sh
# the file is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'del(qr/fput\(file\);/)'
