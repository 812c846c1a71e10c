#!/bin/sh
# class: errno-contract
# function: process_madvise (mm/madvise.c)
# expect: EOPNOTSUPP for unknown flags
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/if \(flags != 0\) \{\n\t\tret = -EINVAL;/, "if (flags != 0) {\n\t\tret = -EOPNOTSUPP;")'
