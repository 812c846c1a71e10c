#!/bin/sh
# reference and offset taken before *prev is cleared
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'my $p = cut(qr/\*prev = NULL;/); before(qr/mmap_read_unlock\(mm\);/, $p)'
