#!/bin/sh
# class: page-ref-leak
# function: process_mrelease (mm/oom_kill.c)
# expect: mm and task kept where the lock is not got
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" 'SYSCALL_DEFINE2\(process_mrelease' 'rep(qr/\{\n\t\tret = -EINTR;\n\t\tgoto drop_mm;\n\t\}/, "\n\t\treturn -EINTR;")'
