#!/bin/sh
# class: stale-prev
# function: madvise_populate (mm/madvise.c)
# expect: *prev is nulled only when the populate failed, a successful retry leaves it stale
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'del(qr/\*prev = NULL;/); rep(qr/if \(pages < 0\) \{/, "if (pages < 0) {\n\t\t\tif (!vma)\n\t\t\t\t*prev = NULL;");'
