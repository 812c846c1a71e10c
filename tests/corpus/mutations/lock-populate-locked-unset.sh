#!/bin/sh
# the next round believes the lock still gone
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'del(qr/locked = 1;\n\t\t\t\*prev/)'
