#!/bin/sh
# class: range-overflow
# function: do_mbind (mm/mempolicy.c)
# expect: mbind no wrap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'do_mbind' 'del(qr/if \(end < start\)/)'
