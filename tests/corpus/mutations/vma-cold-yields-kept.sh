#!/bin/sh
# class: stale-vma-use
# function: madvise_cold (mm/madvise.c)
# expect: goes on with the vma from before the lock was dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'before(qr/\tlru_add_drain\(\);/, "\tif (need_resched()) {\n\t\tmmap_read_unlock(mm);\n\t\tcond_resched();\n\t\tmmap_read_lock(mm);\n\t\t*prev = NULL;\n\t}\n")'
