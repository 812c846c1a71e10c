#!/bin/sh
# EFAULT for a poisoned page; madvise(2) documents EHWPOISON
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/return -EHWPOISON;/, "return -EFAULT;")'
