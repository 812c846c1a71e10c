#!/bin/sh
# class: unchecked-behavior-index
# function: madvise_vma_behavior (mm/madvise.c)
# expect: flags to set come from a table, the index is not checked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/\tunsigned long new_flags = vma->vm_flags;\n/, "\tunsigned long new_flags = vma->vm_flags;\n\tstatic const unsigned long set_flags[] = {\n\t\t[MADV_DONTFORK] = VM_DONTCOPY,\n\t\t[MADV_DONTDUMP] = VM_DONTDUMP,\n\t};\n"); rep(qr/new_flags \|= VM_DONTDUMP;/, "new_flags |= set_flags[behavior];"); rep(qr/\tanon_name = anon_vma_name\(vma\);/, "\tnew_flags |= set_flags[behavior];\n\tanon_name = anon_vma_name(vma);")'
