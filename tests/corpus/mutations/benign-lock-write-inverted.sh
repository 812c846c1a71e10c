#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: - (mm/madvise.c)
# expect: the branches of the lock change places
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(write\)\n\s*mmap_write_unlock\(mm\);\n\s*else\n\s*mmap_read_unlock\(mm\);/, "if (!write)\n\t\tmmap_read_unlock(mm);\n\telse\n\t\tmmap_write_unlock(mm);")'
