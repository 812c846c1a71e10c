#!/bin/sh
# class: stale-vma-use
# function: try_to_merge_with_ksm_page (mm/ksm.c)
# expect: anon_vma of the vma taken after the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'try_to_merge_with_ksm_page' 'my $a = cut(qr/rmap_item->anon_vma = vma->anon_vma;/); my $b = cut(qr/get_anon_vma\(vma->anon_vma\);/); rep(qr/\treturn err;/, "\tif (!err) {\n\t\trmap_item->anon_vma = vma->anon_vma;\n\t\tget_anon_vma(vma->anon_vma);\n\t}\n\treturn err;")'
