#!/bin/sh
# benign: jumps written as ifs
. "$(dirname "$0")/lib.sh"
edit "$1/mm/damon/vaddr.c" 'damon_young_pmd_entry' 'rep(qr/\t\tif \(!page\)\n\t\t\tgoto huge_out;\n\t\tif \(pmd_young/, "\t\tif (page && (pmd_young"); rep(qr/mmu_notifier_test_young\(walk->mm,\n\t\t\t\t\t\taddr\)\)/, "mmu_notifier_test_young(walk->mm,\n\t\t\t\t\t\taddr)))"); rep(qr/\t\tput_page\(page\);\nhuge_out:\n/, "\t\tif (page)\n\t\t\tput_page(page);\n")'
