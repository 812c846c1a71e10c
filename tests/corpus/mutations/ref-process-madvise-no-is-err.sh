#!/bin/sh
# class: page-ref-leak
# function: process_madvise (mm/madvise.c)
# expect: mm_access() result tested for NULL only: error pointer is used
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/if \(IS_ERR\(mm\)\) \{\n\t\tret = PTR_ERR\(mm\);/, "if (!mm) {\n\t\tret = -ESRCH;")'
