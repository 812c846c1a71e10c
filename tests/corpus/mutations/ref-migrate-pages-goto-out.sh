#!/bin/sh
# the task is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'kernel_migrate_pages' 'rep(qr/if \(nodes_empty\(\*new\)\)\n\t\tgoto out_put;/, "if (nodes_empty(*new))\n\t\tgoto out;")'
