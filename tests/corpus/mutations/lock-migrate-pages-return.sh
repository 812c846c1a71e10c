#!/bin/sh
# an error returns with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'do_migrate_pages' 'rep(qr/if \(err < 0\)\n\t\t\tbreak;/, "if (err < 0) {\n\t\t\tlru_cache_enable();\n\t\t\treturn err;\n\t\t}")'
