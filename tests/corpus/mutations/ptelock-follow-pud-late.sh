#!/bin/sh
# class: pte-lock
# function: follow_pud_mask (mm/gup.c)
# expect: the pud lock is kept where a page is found
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pud_mask' 'my $u = cut(qr/spin_unlock\(ptl\);/); rep(qr/(page = follow_devmap_pud\([^;]*;\n\t\tif \(page\)\n\t\t\treturn page;\n)/, "page = follow_devmap_pud(vma, address, pud, flags, &ctx->pgmap);\n\t\tif (page)\n\t\t\treturn page;\n$u")'
