#!/bin/sh
# class: mmap-lock-imbalance
# function: split_huge_pages_pid (mm/huge_memory.c)
# expect: returns for a special vma with mmap_lock and the mm held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'split_huge_pages_pid' 'rep(qr/addr = vma->vm_end;\s*continue;/, "pr_debug(\"special vma at 0x%lx\\n\", addr);\n\t\t\treturn -EINVAL;");'
