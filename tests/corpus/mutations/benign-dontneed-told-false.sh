#!/bin/sh
# BENIGN: a call is compared with false
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' '$F =~ s/if \(!userfaultfd_remove\(vma, start, end\)\) \{/if (userfaultfd_remove(vma, start, end) == false) {/ or die'
