#!/bin/sh
# the file is used after its reference went
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'my $g = cut(qr/fput\(file\);/); before(qr/vfs_fadvise/, $g)'
