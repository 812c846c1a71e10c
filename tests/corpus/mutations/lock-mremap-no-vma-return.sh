#!/bin/sh
# class: mmap-lock-imbalance
# function: mremap (mm/mremap.c)
# expect: returns with the write lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'SYSCALL_DEFINE5\(mremap' 'rep(qr/if \(!vma\) \{\n\s*ret = -EFAULT;\n\s*goto out;\n\t\}/, "if (!vma)\n\t\treturn -EFAULT;")'
