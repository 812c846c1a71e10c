#!/bin/sh
# mmap_lock is waited for in an RCU section
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'before(qr/mmap_read_lock\(mm\);/, "\trcu_read_lock();\n"); after(qr/mmap_read_lock\(mm\);/, "\trcu_read_unlock();\n")'
