#!/bin/sh
# the policy that does not fit returns with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'SYSCALL_DEFINE4\(set_mempolicy_home_node' 'rep(qr/err = -EOPNOTSUPP;\n\t\t\tbreak;/, "return -EOPNOTSUPP;")'
