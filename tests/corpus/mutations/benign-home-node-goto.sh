#!/bin/sh
# BENIGN: one break becomes a jump to the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'SYSCALL_DEFINE4\(set_mempolicy_home_node' 'rep(qr/err = -EOPNOTSUPP;\n\t\t\tbreak;/, "err = -EOPNOTSUPP;\n\t\t\tgoto unlock;"); rep(qr/\tmmap_write_unlock\(mm\);/, "unlock:\n\tmmap_write_unlock(mm);")'
