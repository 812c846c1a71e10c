#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_populate (mm/madvise.c)
# change: switch on the errno written as if chain
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/switch \(pages\) \{.*?\n\t\t\t\}\n/s, "if (pages == -EINTR || pages == -EINVAL ||\n\t\t\t    pages == -EHWPOISON || pages == -EFAULT)\n\t\t\t\treturn pages;\n\t\t\tif (pages != -ENOMEM)\n\t\t\t\tpr_warn_once(\"%s: unhandled return value: %ld\\n\",\n\t\t\t\t\t     __func__, pages);\n\t\t\treturn -ENOMEM;\n")'
