#!/bin/sh
# class: page-ref-leak
# function: madvise_collapse (mm/khugepaged.c)
# expect: mmdrop without mmgrab
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'del(qr/mmgrab\(mm\);/)'
