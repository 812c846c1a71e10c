#!/bin/sh
# class: destructive-remote
# function: process_madvise (mm/madvise.c)
# expect: the check of the advice is gone: everything is let through
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'del(qr/if \(!process_madvise_behavior_valid\(behavior\)\) \{/)'
