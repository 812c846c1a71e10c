#!/bin/sh
# EPERM for a mapping that may not be written
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/return -EACCES;/, "return -EPERM;")'
