#!/bin/sh
# class: destructive-remote
# function: madvise_pageout (mm/madvise.c)
# expect: private file mappings escape the side channel check
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'rep(qr/if \(!can_do_pageout\(vma\)\)/, "if ((vma->vm_flags & VM_SHARED) && !can_do_pageout(vma))");'
