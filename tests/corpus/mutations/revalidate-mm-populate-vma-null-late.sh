#!/bin/sh
# class: missing-revalidation
# function: __mm_populate (mm/gup.c)
# expect: mm populate vma null late
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'my $t = cut(qr/if \(!vma\)/); after(qr/nend = min\(end, vma->vm_end\);/, $t)'
