#!/bin/sh
# the comparison is the wrong way round
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" 'SYSCALL_DEFINE3\(msync' 'rep(qr/if \(end < start\)/, "if (end > start + len)")'
