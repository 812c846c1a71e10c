#!/bin/sh
# pages of others move without the capability
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'kernel_migrate_pages' 'rep(qr/capable\(CAP_SYS_NICE\) \? MPOL_MF_MOVE_ALL : MPOL_MF_MOVE/, "MPOL_MF_MOVE_ALL")'
