#!/bin/sh
# the second look at the flags asks about the first VMA
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'my $c = cut(qr/if \(!madvise_dontneed_free_valid_vma\(vma, start, &end,\n\s*behavior\)\)/); before(qr/mmap_read_lock\(mm\);/, $c)'
