#!/bin/sh
# class: BENIGN
# function: process_madvise (mm/madvise.c)
# both references are given back in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/release_mm:\n\tmmput\(mm\);\nrelease_task:\n\tput_task_struct\(task\);/, "release_mm:\n\trelease_target(task, mm);\n\tgoto free_iov;\nrelease_task:\n\tput_task_struct(task);"); before(qr/^SYSCALL_DEFINE5\(process_madvise/m, "static void release_target(struct task_struct *task, struct mm_struct *mm)\n{\n\tmmput(mm);\n\tput_task_struct(task);\n}\n\n")'
