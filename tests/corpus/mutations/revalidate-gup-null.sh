#!/bin/sh
# class: missing-revalidation
# function: __get_user_pages (mm/gup.c)
# expect: vma_lookup() may find nothing
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'del(qr/if \(!vma\) \{/)'
