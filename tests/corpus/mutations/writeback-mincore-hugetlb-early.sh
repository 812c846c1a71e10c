#!/bin/sh
# class: useless-writeback
# function: mincore_hugetlb (mm/mincore.c)
# expect: walk->private written before vec moved on
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'mincore_hugetlb' 'my $w = cut(qr/walk->private = vec;/); before(qr/for \(; addr/, $w)'
