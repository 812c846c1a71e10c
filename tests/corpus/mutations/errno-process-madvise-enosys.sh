#!/bin/sh
# class: errno-contract
# function: process_madvise (mm/madvise.c)
# expect: ENOSYS for an advice that is not allowed; process_madvise(2) documents EINVAL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/(if \(!process_madvise_behavior_valid\(behavior\)\) \{\n\s*ret = )-EINVAL;/, "if (!process_madvise_behavior_valid(behavior)) {\n\t\tret = -ENOSYS;")'
