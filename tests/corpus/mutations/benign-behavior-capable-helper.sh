#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: process_madvise (mm/madvise.c)
# change: question for the capability in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' '$F .= "\nstatic bool may_advise_others(void)\n{\n\treturn capable(CAP_SYS_NICE);\n}\n"'
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/!capable\(CAP_SYS_NICE\)/, "!may_advise_others()")'
