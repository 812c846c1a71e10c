#!/bin/sh
# class: page-ref-leak
# function: process_madvise (mm/madvise.c)
# expect: the mm is kept when the capability is missing
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise' 'rep(qr/goto release_mm;/, "goto release_task;", 1)'
