#!/bin/sh
# prev is set to the VMA from before the drop once the lock is back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'after(qr/mmap_read_lock\(mm\);/, "\t*prev = vma;\n")'
