#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_collapse (mm/khugepaged.c)
# change: mmap_locked inverted into a local name
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rename_local("thps", "collapsed"); rename_local("mmap_locked", "have_lock")'
