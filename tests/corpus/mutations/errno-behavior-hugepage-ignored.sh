#!/bin/sh
# class: errno-contract
# function: madvise_vma_behavior (mm/madvise.c)
# expect: the error of hugepage_madvise() is lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/(error = hugepage_madvise\(vma, &new_flags, behavior\);\n)\s*if \(error\)\n\s*goto out;\n/, "error = hugepage_madvise(vma, &new_flags, behavior);\n")'
