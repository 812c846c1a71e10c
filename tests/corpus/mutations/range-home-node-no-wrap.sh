#!/bin/sh
# start + len may wrap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'SYSCALL_DEFINE4\(set_mempolicy_home_node' 'del(qr/if \(end < start\)/)'
