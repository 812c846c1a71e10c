#!/bin/sh
# the policy is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'SYSCALL_DEFINE4\(set_mempolicy_home_node' 'del(qr/mpol_put\(new\);/, 1)'
