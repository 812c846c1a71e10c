#!/bin/sh
# class: destructive-remote
# function: process_madvise (mm/madvise.c)
# expect: nobody asks for CAP_SYS_NICE
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'del(qr/if \(!capable\(CAP_SYS_NICE\)\) \{/)'
