#!/bin/sh
# class: missing-revalidation
# function: __get_user_pages (mm/gup.c)
# expect: gup vma outgrown
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'rep(qr/if \(!vma \|\| start >= vma->vm_end\)/, "if (!vma)")'
