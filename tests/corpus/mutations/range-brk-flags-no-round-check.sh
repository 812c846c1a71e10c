#!/bin/sh
# class: range-overflow
# function: vm_brk_flags (mm/mmap.c)
# expect: length rounded up to zero is not noticed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'vm_brk_flags' 'del(qr/if \(len < request\)/)'
