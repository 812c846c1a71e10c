#!/bin/sh
# class: destructive-remote
# function: process_mrelease (mm/oom_kill.c)
# expect: memory of a process that does not die is reaped too
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" 'SYSCALL_DEFINE2\(process_mrelease' 'rep(qr/\tif \(task_will_free_mem\(p\)\)\n\t\treap = true;\n\telse \{\n.*?\n\t\}\n/s, "\treap = true;\n")'
