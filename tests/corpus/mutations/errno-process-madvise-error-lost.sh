#!/bin/sh
# class: errno-contract
# function: process_madvise (mm/madvise.c)
# expect: error of do_madvise() ignored in the loop
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'del(qr/if \(ret < 0\)\n\t\t\tbreak;/)'
