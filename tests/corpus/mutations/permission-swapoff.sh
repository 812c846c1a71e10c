#!/bin/sh
# class: destructive-remote
# function: swapoff (mm/swapfile.c)
# expect: everybody can switch swap off
. "$(dirname "$0")/lib.sh"
edit "$1/mm/swapfile.c" 'SYSCALL_DEFINE1\(swapoff' 'del(qr/if \(!capable\(CAP_SYS_ADMIN\)\)/)'
