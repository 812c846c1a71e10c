#!/bin/sh
# class: stale-vma-use
# function: __get_user_pages (mm/gup.c)
# expect: the VMA is looked at after the fault that may have dropped the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'rep(qr/case -EAGAIN:\n/, "case -EAGAIN:\n\t\t\t\tpr_info_ratelimited(\"gup: retry at %lx of %lx-%lx\\n\", start,\n\t\t\t\t\t vma->vm_start, vma->vm_end);\n")'
