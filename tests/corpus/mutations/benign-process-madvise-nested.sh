#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: process_madvise (mm/madvise.c)
# change: CAP check nested and inverted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/if \(!capable\(CAP_SYS_NICE\)\) \{\n\t\tret = -EPERM;\n\t\tgoto release_mm;\n\t\}/, "ret = capable(CAP_SYS_NICE) ? 0 : -EPERM;\n\tif (ret)\n\t\tgoto release_mm;")'
