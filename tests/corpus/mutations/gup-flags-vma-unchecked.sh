#!/bin/sh
# result of check_vma_flags() lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'rep(qr/ret = check_vma_flags\(vma, gup_flags\);\n\s*if \(ret\)\n\s*goto out;/, "ret = check_vma_flags(vma, gup_flags);")'
