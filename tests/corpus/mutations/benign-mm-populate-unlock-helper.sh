#!/bin/sh
# benign: unlock in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '-' 'rep(qr/int __mm_populate\(/, "static void populate_unlock(struct mm_struct *mm, int locked)\n{\n\tif (locked)\n\t\tmmap_read_unlock(mm);\n}\n\nint __mm_populate(")'
edit "$1/mm/gup.c" '__mm_populate' 'rep(qr/\tif \(locked\)\n\t\tmmap_read_unlock\(mm\);/, "\tpopulate_unlock(mm, locked);")'
