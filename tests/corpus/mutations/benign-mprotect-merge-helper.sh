#!/bin/sh
# BENIGN: the merged VMA has a name of its own
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'mlock_fixup' 'rep(qr/\*prev = vma_merge\(mm, /, "merged = vma_merge(mm, "); rep(qr/if \(\*prev\) \{\n\t\tvma = \*prev;/, "*prev = merged;\n\tif (merged) {\n\t\tvma = merged;"); rep(qr/\tpgoff_t pgoff;/, "\tpgoff_t pgoff;\n\tstruct vm_area_struct *merged;")'
