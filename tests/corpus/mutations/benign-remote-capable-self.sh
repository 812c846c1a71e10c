#!/bin/sh
# class: BENIGN
# function: SYSCALL_DEFINE5 (mm/madvise.c)
# expect: no capability is needed for the own mm, as in later kernels
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5' 'rep(qr/if \(!capable\(CAP_SYS_NICE\)\) \{/, "if (mm != current->mm && !capable(CAP_SYS_NICE)) {");'
