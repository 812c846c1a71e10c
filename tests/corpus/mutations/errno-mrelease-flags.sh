#!/bin/sh
# class: errno-contract
# function: process_mrelease (mm/oom_kill.c)
# expect: EPERM for flags
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" 'SYSCALL_DEFINE2\(process_mrelease' 'rep(qr/if \(flags\)\n\t\treturn -EINVAL;/, "if (flags)\n\t\treturn -EPERM;")'
