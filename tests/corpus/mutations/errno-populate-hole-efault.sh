#!/bin/sh
# EFAULT for an unmapped range; madvise(2) documents ENOMEM
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/return -ENOMEM;/, "return -EFAULT;", 1)'
