#!/bin/sh
# benign: msync error variable
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" '-' 'rep(qr/\t\t\tif \(error \|\| start >= end\)\n\t\t\t\tgoto out;/, "\t\t\tif (error)\n\t\t\t\tgoto out;\n\t\t\tif (start >= end)\n\t\t\t\tgoto out;")'
