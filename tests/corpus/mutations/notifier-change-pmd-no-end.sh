#!/bin/sh
# range start without end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pmd_range' 'del(qr/if \(range\.start\)/)'
