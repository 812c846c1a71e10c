#!/bin/sh
# class: stale-prev
# function: madvise_update_vma (mm/madvise.c)
# expect: nothing to do, and *prev still names the VMA before
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_update_vma' 'rep(qr/anon_name\)\) \{\n\t\t\*prev = vma;\n/, "anon_name)) {\n")'
