#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_willneed (mm/madvise.c)
# change: file = get_file(vma->vm_file) in one statement, offset first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'my $g = cut(qr/get_file\(file\);/); rep(qr/mmap_read_unlock\(mm\);/, "file = get_file(vma->vm_file);\n\tmmap_read_unlock(mm);")'
