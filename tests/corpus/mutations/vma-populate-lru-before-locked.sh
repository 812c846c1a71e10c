#!/bin/sh
# class: stale-vma-use
# function: madvise_populate (mm/madvise.c)
# expect: vma read between the fault and the test of locked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'before(qr/if \(!locked\) \{/, "\t\tif (vma->vm_flags & VM_LOCKED)\n\t\t\tlru_add_drain();\n");'
