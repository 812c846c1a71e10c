#!/bin/sh
# BENIGN: the unlock by mode becomes an early return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/if \(write\)\n\t\tmmap_write_unlock\(mm\);\n\telse\n\t\tmmap_read_unlock\(mm\);\n\n\treturn error;/, "if (write) {\n\t\tmmap_write_unlock(mm);\n\t\treturn error;\n\t}\n\tmmap_read_unlock(mm);\n\n\treturn error;")'
