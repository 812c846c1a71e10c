#!/bin/sh
# class: flags-misread
# function: __access_remote_vm (mm/memory.c)
# expect: flags access remote write
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" '__access_remote_vm' 'rep(qr/int write = gup_flags & FOLL_WRITE;/, "int write = gup_flags;")'
