#!/bin/sh
# the folio is locked under the table lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'madvise_free_huge_pmd' '$F =~ s{if \(!(folio_trylock|trylock_page)\((\w+)\)\)\n\t+goto out;}{lock_page(pmd_page(orig_pmd));} or die'
