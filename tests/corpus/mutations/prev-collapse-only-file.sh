#!/bin/sh
# one of two ways to drop the lock tells the walker
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'del(qr/if \(!mmap_locked\)\s*\n\s*\*prev = NULL;/); after(qr/fput\(file\);/, "\t\t\t*prev = NULL;\n")'
