#!/bin/sh
# benign: access remote while for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" '__access_remote_vm' 'rep(qr/\t\tlen -= bytes;\n\t\tbuf \+= bytes;\n\t\taddr \+= bytes;/, "\t\tbuf += bytes;\n\t\taddr += bytes;\n\t\tlen -= bytes;")'
