#!/bin/sh
# class: stale-vma-use
# function: madvise_willneed (mm/madvise.c)
# expect: looks at the vma after a helper dropped the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static long madvise_willneed\(/, "static void madvise_readahead(struct mm_struct *mm, struct file *file,\n\t\t\t      loff_t offset, size_t len)\n{\n\tget_file(file);\n\tmmap_read_unlock(mm);\n\tvfs_fadvise(file, offset, len, POSIX_FADV_WILLNEED);\n\tfput(file);\n\tmmap_read_lock(mm);\n}\n\nstatic long madvise_willneed(")'
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/\tget_file\(file\);\n/, ""); rep(qr/\tmmap_read_unlock\(mm\);\n\tvfs_fadvise.*?mmap_read_lock\(mm\);\n/s, "\tmadvise_readahead(mm, file, offset, end - start);\n\tif (end == vma->vm_end)\n\t\tlru_add_drain();\n")'
