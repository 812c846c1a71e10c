#!/bin/sh
# CAP_SYS_NICE no longer required
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'del(qr/if \(!capable\(CAP_SYS_NICE\)\)/); rep(qr/release_mm:\n/, "")'
