#!/bin/sh
# class: missing-revalidation
# function: remap_file_pages (mm/mmap.c)
# expect: remap flags not rechecked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" '-' 'del(qr/if \(vma->vm_flags != vm_flags\)/)'
