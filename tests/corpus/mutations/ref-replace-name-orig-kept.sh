#!/bin/sh
# class: page-ref-leak
# function: replace_anon_vma_name (mm/madvise.c)
# expect: the old name is unlinked and never given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'replace_anon_vma_name' 'del(qr/anon_vma_name_put\(orig_name\);/, 1)'
