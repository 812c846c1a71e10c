#!/bin/sh
# class: stale-vma-use
# function: remap_file_pages (mm/mmap.c)
# expect: return -EINTR without fput(file)
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'SYSCALL_DEFINE5\(remap_file_pages' 'rep(qr/ \{\n\t\tfput\(file\);\n\t\treturn -EINTR;\n\t\}/, "\n\t\treturn -EINTR;")'
