#!/bin/sh
# class: stale-vma-use
# function: break_cow (mm/ksm.c)
# expect: stale break cow unlocked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'break_cow' 'rep(qr/\tif \(vma\)\n\t\tbreak_ksm\(vma, addr\);\n\tmmap_read_unlock\(mm\);/, "\tmmap_read_unlock(mm);\n\tif (vma)\n\t\tbreak_ksm(vma, addr);")'
