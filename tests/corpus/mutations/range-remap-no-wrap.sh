#!/bin/sh
# start + size may wrap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'SYSCALL_DEFINE5\(remap_file_pages' 'del(qr/if \(start \+ size <= start\)/)'
