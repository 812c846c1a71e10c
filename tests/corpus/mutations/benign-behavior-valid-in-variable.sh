#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: process_madvise (mm/madvise.c)
# change: answer of the check kept in a variable
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/\tsize_t total_len;\n/, "\tsize_t total_len;\n\tbool is_valid = process_madvise_behavior_valid(behavior);\n"); rep(qr/!process_madvise_behavior_valid\(behavior\)/, "!is_valid")'
