#!/bin/sh
# file loaded first, reference taken in a statement of its own
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/struct file \*file = get_file\(vma->vm_file\);/, "struct file *file = vma->vm_file;"); before(qr/mmap_read_unlock\(mm\);\n\s*mmap_locked = false;/, "\t\t\tget_file(file);\n")'
