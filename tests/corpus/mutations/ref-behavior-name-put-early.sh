#!/bin/sh
# class: page-ref-leak
# function: madvise_vma_behavior (mm/madvise.c)
# expect: the name is given back before the update that uses it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'my $p = cut(qr/anon_vma_name_put\(anon_name\);/); before(qr/error = madvise_update_vma\(/, $p)'
