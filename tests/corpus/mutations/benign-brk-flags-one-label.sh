#!/bin/sh
# benign: one label instead of two
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'vm_brk_flags' 'rep(qr/goto limits_failed;/, "goto unlock;"); rep(qr/goto munmap_failed;/, "goto unlock;"); rep(qr/munmap_failed:\nlimits_failed:\n/, "unlock:\n")'
