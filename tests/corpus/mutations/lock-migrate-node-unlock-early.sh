#!/bin/sh
# released inside the loop and behind it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'do_migrate_pages' 'rep(qr/if \(err < 0\)\n\t\t\tbreak;/, "if (err < 0) {\n\t\t\tmmap_read_unlock(mm);\n\t\t\tbreak;\n\t\t}")'
