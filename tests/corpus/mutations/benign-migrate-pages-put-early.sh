#!/bin/sh
# BENIGN: the empty set of nodes gives the task back itself
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'kernel_migrate_pages' 'rep(qr/if \(nodes_empty\(\*new\)\)\n\t\tgoto out_put;/, "if (nodes_empty(*new)) {\n\t\tput_task_struct(task);\n\t\tgoto out;\n\t}")'
