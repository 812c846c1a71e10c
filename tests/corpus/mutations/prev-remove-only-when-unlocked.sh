#!/bin/sh
# class: stale-prev
# function: madvise_remove (mm/madvise.c)
# expect: prev remove only when unlocked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/\*prev = NULL;\t\/\* tell sys_madvise we drop mmap_lock \*\//, "*prev = vma;"); rep(qr/\t\tmmap_read_unlock\(mm\);\n\t\}\n\terror/, "\t\tmmap_read_unlock(mm);\n\t\t*prev = NULL;\n\t}\n\terror")'
