#!/bin/sh
# class: missing-revalidation
# function: gup_huge_pmd (mm/gup.c)
# expect: the pmd is compared before the reference is taken instead of after
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'my $t = cut(qr/if \(unlikely\(pmd_val\(orig\) != pmd_val\(\*pmdp\)\)\)/); $t =~ s/\t\tgup_put_folio.*\n//; before(qr/folio = try_grab_folio/, $t . "\n");'
