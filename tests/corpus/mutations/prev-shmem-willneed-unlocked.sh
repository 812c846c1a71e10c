#!/bin/sh
# class: stale-prev
# function: madvise_willneed (mm/madvise.c)
# expect: the shmem branch drops mmap_lock and does not tell the walker
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/force_shm_swapin_readahead\(vma, start, end,\s*file->f_mapping\);/, "get_file(file);\n\t\tmmap_read_unlock(mm);\n\t\tlru_add_drain_all();\n\t\tfput(file);\n\t\tmmap_read_lock(mm);");'
