#!/bin/sh
# page looked at after its reference was handed over
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'my $s = cut(qr/size = page_size\(/); before(qr/if \(ret\)\n\s*return ret;\n\t\}/, $s)'
