#!/bin/sh
# the lock is dropped again after userfaultfd_remove() did
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' '$F =~ s/if \(userfaultfd_remove\(vma, start, end\)\) \{.*?\n\t\}\n/userfaultfd_remove(vma, start, end);\n\tmmap_read_unlock(mm);\n/s or die'
