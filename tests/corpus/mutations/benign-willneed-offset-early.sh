#!/bin/sh
# BENIGN: independent statements change places
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'my $o = cut(qr/offset = \(loff_t\)/); before(qr/\*prev = NULL;/, $o)'
