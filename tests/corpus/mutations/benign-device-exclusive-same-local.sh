#!/bin/sh
# benign: condition in a local
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'remove_device_exclusive_entry' 'rep(qr/\tif \(likely\(pte_same\(\*vmf->pte, vmf->orig_pte\)\)\)/, "\tsame = pte_same(*vmf->pte, vmf->orig_pte);\n\tif (likely(same))"); rep(qr/\tstruct mmu_notifier_range range;\n/, "\tstruct mmu_notifier_range range;\n\tbool same;\n")'
