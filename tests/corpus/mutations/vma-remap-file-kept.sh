#!/bin/sh
# file reference kept when the wait is killed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'SYSCALL_DEFINE5\(remap_file_pages' 'del(qr/fput\(file\);/, 2)'
