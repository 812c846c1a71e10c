#!/bin/sh
# class: stale-vma-use
# function: madvise_willneed (mm/madvise.c)
# expect: shmem readahead runs without mmap_lock, on a VMA and a file that may go away
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/force_shm_swapin_readahead\(vma, start, end,\n\s*file->f_mapping\);/, "*prev = NULL;\t/* tell sys_madvise we drop mmap_lock */\n\t\tmmap_read_unlock(mm);\n\t\tforce_shm_swapin_readahead(vma, start, end,\n\t\t\t\t\tfile->f_mapping);\n\t\tmmap_read_lock(mm);")'
