#!/bin/sh
# class: destructive-remote
# function: can_do_pageout (mm/madvise.c)
# expect: pages of files that the caller does not own may be paged out
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'can_do_pageout' 'rep(qr/\treturn file_owner_or_capable\(vma->vm_file\) \|\|\n\s*file_permission\(vma->vm_file, MAY_WRITE\) == 0;/, "\treturn true;")'
