#!/bin/sh
# permissions are asked of the first VMA only
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'my $c = cut(qr/if \(!vma_permits_fault/); $F =~ s/retry:\n/__FIRST__/; $F =~ s/__FIRST__/	vma = vma_lookup(mm, address);\n	if (vma && !vma_permits_fault(vma, fault_flags))\n		return -EFAULT;\nretry:\n/'
