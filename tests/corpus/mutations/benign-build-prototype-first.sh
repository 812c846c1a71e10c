#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_willneed (mm/madvise.c)
# change: not static, but declared
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/static long madvise_willneed/, "long madvise_willneed(struct vm_area_struct *, struct vm_area_struct **, unsigned long, unsigned long);\n\nlong madvise_willneed")'
