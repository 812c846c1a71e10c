#!/bin/sh
# the file is taken from the VMA once more after the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/fput\(f\);/, "fput(vma->vm_file);")'
