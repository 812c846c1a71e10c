#!/bin/sh
# a local renamed, the clamp written with min()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rename_local("tmp_end", "chunk_end"); rep(qr/min_t\(unsigned long, end, vma->vm_end\)/, "min(end, vma->vm_end)")'
