#!/bin/sh
# the address space is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/damon/vaddr.c" 'damon_va_three_regions' 'rep(qr/rc = __damon_va_three_regions\(mm, regions\);\n\tmmap_read_unlock\(mm\);\n\n\tmmput\(mm\);/, "rc = __damon_va_three_regions(mm, regions);\n\tmmap_read_unlock(mm);\n\tif (rc)\n\t\treturn rc;\n\n\tmmput(mm);")'
