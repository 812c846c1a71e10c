#!/bin/sh
# result of the revalidation under the write lock ignored
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'rep(qr/if \(result != SCAN_SUCCEED\)\n\s*goto out_up_write;\n\s*\/\* check/, "/* check")'
