#!/bin/sh
# class: stale-vma-use
# function: madvise_collapse (mm/khugepaged.c)
# expect: the file is not given back when the scan fails for good
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'before(qr/fput\(file\);/, "\t\t\tif (result == SCAN_FAIL) {\n\t\t\t\tlast_fail = result;\n\t\t\t\tgoto out_maybelock;\n\t\t\t}\n");'
