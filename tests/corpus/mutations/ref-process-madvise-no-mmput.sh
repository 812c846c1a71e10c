#!/bin/sh
# class: page-ref-leak
# function: process_madvise (mm/madvise.c)
# expect: nobody gives the mm back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise' 'del(qr/mmput\(mm\);/)'
