#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: - (mm/gup.c)
# change: locked test of __mm_populate moved into a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '-' 'rep(qr/(?=^int __mm_populate\()/m, "static void unlock_if_locked(struct mm_struct *mm, int locked)\n{\n\tif (locked)\n\t\tmmap_read_unlock(mm);\n}\n\n"); $F =~ s/if \(locked\)\n\t\tmmap_read_unlock\(mm\);(\n\treturn ret;\t\/\* 0 or)/unlock_if_locked(mm, locked);$1/'
