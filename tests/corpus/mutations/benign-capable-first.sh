#!/bin/sh
# benign: capable first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/if \(!capable\(CAP_SYS_NICE\)\) \{/, "if (unlikely(!capable(CAP_SYS_NICE))) {")'
