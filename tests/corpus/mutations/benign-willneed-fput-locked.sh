#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_willneed (mm/madvise.c)
# change: the lock is taken again before the file is given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'my $f = cut(qr/fput\(file\);/); after(qr/mmap_read_lock\(mm\);/, $f)'
