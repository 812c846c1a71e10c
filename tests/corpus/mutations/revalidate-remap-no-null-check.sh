#!/bin/sh
# the VMA looked up after the relock may be none
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'SYSCALL_DEFINE5\(remap_file_pages' 'del(qr/if \(!vma\)\n/)'
