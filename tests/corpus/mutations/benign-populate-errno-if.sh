#!/bin/sh
# BENIGN: a switch becomes a chain of ifs
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' '$F =~ s/if \(pages < 0\) \{\n\t\t\tswitch.*?\n\t\t\t\}\n\t\t\}/if (pages == -EINTR || pages == -EINVAL || pages == -EHWPOISON || pages == -EFAULT)\n\t\t\treturn pages;\n\t\tif (pages < 0) {\n\t\t\tif (pages != -ENOMEM)\n\t\t\t\tpr_warn_once("%s: unhandled return value: %ld\\n",\n\t\t\t\t\t     __func__, pages);\n\t\t\treturn -ENOMEM;\n\t\t}/s or die'
