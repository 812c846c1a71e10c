#!/bin/sh
# BENIGN: prev is cleared only where the walk goes on: an error ends it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'my $c = cut(qr/\*prev = NULL;/); before(qr/if \(start == end\)/, $c, 2)'
