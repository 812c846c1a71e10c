#!/bin/sh
# class: errno-contract
# function: process_madvise (mm/madvise.c)
# expect: EACCES for a missing capability; process_madvise(2) documents EPERM
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/ret = -EPERM;/, "ret = -EACCES;")'
