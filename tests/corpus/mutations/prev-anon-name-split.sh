#!/bin/sh
# prev stays what the merge left there although nothing was merged
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_update_vma' 'rep(qr/\*prev = vma_merge\(mm, \*prev, /, "merged = vma_merge(mm, *prev, "); rep(qr/if \(\*prev\) \{\n\t\tvma = \*prev;/, "if (merged) {\n\t\tvma = merged;"); rep(qr/\tpgoff_t pgoff;/, "\tpgoff_t pgoff;\n\tstruct vm_area_struct *merged;")'
