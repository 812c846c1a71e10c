#!/bin/sh
# BENIGN: whether the lock is still held stands in a variable
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' '$F =~ s/(\tint error;\n)/$1\tbool held;\n/ or die; rep(qr/\tif \(userfaultfd_remove\(vma, start, end\)\) \{/, "\theld = userfaultfd_remove(vma, start, end);\n\tif (held) {")'
