#!/bin/sh
# class: destructive-remote
# function: kernel_move_pages (mm/migrate.c)
# expect: permission move all capable
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'kernel_move_pages' 'rep(qr/\tif \(\(flags & MPOL_MF_MOVE_ALL\) && !capable\(CAP_SYS_NICE\)\)\n\t\treturn -EPERM;\n/, "")'
