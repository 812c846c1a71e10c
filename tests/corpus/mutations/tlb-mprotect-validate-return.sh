#!/bin/sh
# class: tlb-gather-unpaired
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: returns from the loop with the gather open and mmap_lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/if \(!arch_validate_flags\(newflags\)\) \{\s*error = -EINVAL;\s*break;\s*\}/, "if (!arch_validate_flags(newflags))\n\t\t\treturn -EINVAL;");'
