#!/bin/sh
# BENIGN: a helper drops the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" '-' 'rep(qr/(?=^SYSCALL_DEFINE3\(msync)/m, "static int msync_file(struct mm_struct *mm, struct file *file, loff_t from, loff_t to)\n{\n\tint error;\n\n\tget_file(file);\n\tmmap_read_unlock(mm);\n\terror = vfs_fsync_range(file, from, to, 1);\n\tfput(file);\n\treturn error;\n}\n\n"); $F =~ s/\t\t\tget_file\(file\);\n\t\t\tmmap_read_unlock\(mm\);\n\t\t\terror = vfs_fsync_range\(file, fstart, fend, 1\);\n\t\t\tfput\(file\);\n/\t\t\terror = msync_file(mm, file, fstart, fend);\n/ or die'
