#!/bin/sh
# class: stale-vma-use
# function: madvise_remove (mm/madvise.c)
# expect: f is used after fput() gave the only reference back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'after(qr/fput\(f\);/, "\tif (error)\n\t\tpr_debug(\"%pD: punching failed: %d\\n\", f, error);\n");'
