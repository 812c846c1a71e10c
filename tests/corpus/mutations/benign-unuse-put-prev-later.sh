#!/bin/sh
# benign: the old mm put after the new one was worked on
. "$(dirname "$0")/lib.sh"
edit "$1/mm/swapfile.c" 'try_to_unuse' 'rep(qr/\t\tmmput\(prev_mm\);\n\t\tprev_mm = mm;\n\t\tretval = unuse_mm\(mm, type\);\n\t\tif \(retval\) \{\n\t\t\tmmput\(prev_mm\);\n/, "\t\tretval = unuse_mm(mm, type);\n\t\tmmput(prev_mm);\n\t\tprev_mm = mm;\n\t\tif (retval) {\n\t\t\tmmput(mm);\n")'
