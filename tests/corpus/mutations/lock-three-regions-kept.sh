#!/bin/sh
# the lock is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/damon/vaddr.c" 'damon_va_three_regions' 'del(qr/mmap_read_unlock\(mm\);/)'
