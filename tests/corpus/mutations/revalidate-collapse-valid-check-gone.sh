#!/bin/sh
# class: missing-revalidation
# function: madvise_collapse (mm/khugepaged.c)
# expect: collapse valid check gone
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/if \(result  != SCAN_SUCCEED\) \{\n\t\t\t\tlast_fail = result;\n\t\t\t\tgoto out_nolock;\n\t\t\t\}/, "if (result != SCAN_SUCCEED)\n\t\t\t\tlast_fail = result;")'
