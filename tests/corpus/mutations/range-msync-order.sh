#!/bin/sh
# class: range-overflow
# function: msync (mm/msync.c)
# expect: the length is rounded after the end was made and checked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" 'SYSCALL_DEFINE3\(msync' 'rep(qr/\tlen = \(len \+ ~PAGE_MASK\) & PAGE_MASK;\n\tend = start \+ len;\n/, "\tend = start + len;\n"); rep(qr/\tif \(end < start\)\n\t\tgoto out;\n/, "\tif (end < start)\n\t\tgoto out;\n\tend = start + ((len + ~PAGE_MASK) & PAGE_MASK);\n")'
