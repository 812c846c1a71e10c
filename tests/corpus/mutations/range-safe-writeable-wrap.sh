#!/bin/sh
# class: range-overflow
# function: fault_in_safe_writeable (mm/gup.c)
# expect: an end that wrapped is never met
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fault_in_safe_writeable' 'del(qr/if \(end < start\)/)'
