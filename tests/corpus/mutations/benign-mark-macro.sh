#!/bin/sh
# BENIGN: a macro marks the lock as dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' '$F =~ s/(#include "swap.h"\n)/$1\n#define madvise_lock_dropped(prev) do { *(prev) = NULL; } while (0)\n/; $F =~ s/\*prev = NULL;\t\/\* tell sys_madvise we drop mmap_lock \*\//madvise_lock_dropped(prev);/g'
