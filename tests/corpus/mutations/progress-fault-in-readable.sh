#!/bin/sh
# class: walk-progress
# function: fault_in_readable (mm/gup.c)
# expect: the address never moves
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fault_in_readable' 'del(qr/uaddr \+= PAGE_SIZE;/)'
