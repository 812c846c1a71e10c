#!/bin/sh
# class: behavior-matrix
# function: madvise_vma_behavior (mm/madvise.c)
# expect: the case exists with an option only, and the value is always valid
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/\tcase MADV_DONTDUMP:\n[^\n]*\n\t\tbreak;\n/, "#ifdef CONFIG_ELF_CORE\n\tcase MADV_DONTDUMP:\n\t\tnew_flags |= VM_DONTDUMP;\n\t\tbreak;\n#endif\n")'
