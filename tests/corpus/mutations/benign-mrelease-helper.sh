#!/bin/sh
# benign: lock, reap and unlock in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" '-' 'rep(qr/SYSCALL_DEFINE2\(process_mrelease/, "static long reap_mm_killable(struct mm_struct *mm)\n{\n\tlong ret = 0;\n\n\tif (mmap_read_lock_killable(mm))\n\t\treturn -EINTR;\n\tif (!test_bit(MMF_OOM_SKIP, &mm->flags) && !__oom_reap_task_mm(mm))\n\t\tret = -EAGAIN;\n\tmmap_read_unlock(mm);\n\treturn ret;\n}\n\nSYSCALL_DEFINE2(process_mrelease")'
edit "$1/mm/oom_kill.c" 'SYSCALL_DEFINE2\(process_mrelease' 'rep(qr/\tif \(!reap\)\n\t\tgoto drop_mm;\n.*?mmap_read_unlock\(mm\);\n/s, "\tif (reap)\n\t\tret = reap_mm_killable(mm);\n"); rep(qr/\ndrop_mm:\n/, "\n")'
