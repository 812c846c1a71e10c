#!/bin/sh
# class: walk-progress
# function: __access_remote_vm (mm/memory.c)
# expect: progress copy buf
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" '__access_remote_vm' 'rep(qr/\t\tlen -= bytes;\n\t\tbuf \+= bytes;\n/, "\t\tbuf += bytes;\n")'
