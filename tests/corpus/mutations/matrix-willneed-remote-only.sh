#!/bin/sh
# handled in the switch and not valid
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_behavior_valid' 'delln(qr/case MADV_WILLNEED:/)'
