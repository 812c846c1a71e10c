#!/bin/sh
# rounded-to-zero check after the early success
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'my $c = cut(qr/if \(len_in && !len\)/); after(qr/if \(end == start\)/, $c)'
