#!/bin/sh
# class: page-ref-leak
# function: process_madvise (mm/madvise.c)
# expect: mm is used after mmput
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise' 'cut(qr/mmput\(mm\);/); before(qr/while \(iov_iter_count/, "\tmmput(mm);\n")'
