#!/bin/sh
# class: stale-vma-use
# function: do_get_mempolicy (mm/mempolicy.c)
# expect: policy of the vma read after the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'do_get_mempolicy' 'rep(qr/\t\t\tpol_refcount = pol;\n\t\t\tvma = NULL;\n\t\t\tmpol_get\(pol\);\n\t\t\tmmap_read_unlock\(mm\);\n/, "\t\t\tmmap_read_unlock(mm);\n\t\t\tpol = vma->vm_policy;\n\t\t\tvma = NULL;\n\t\t\tpol_refcount = pol;\n\t\t\tmpol_get(pol);\n")'
