#!/bin/sh
# the entry is not advanced
. "$(dirname "$0")/lib.sh"
edit "$1/mm/pagewalk.c" 'walk_p4d_range' 'rep(qr/while \(p4d\+\+, addr = next,/, "while (addr = next,")'
