#!/bin/sh
# early returns through one label
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/int error;/, "int error = -EINVAL;"); rep(qr/return -EINVAL;/, "goto out;", 1); rep(qr/return -EINVAL;/, "goto out;"); rep(qr/if \(!vma_is_shared_maywrite\(vma\)\)\n\s*return -EACCES;/, "if (!vma_is_shared_maywrite(vma)) {\n\t\terror = -EACCES;\n\t\tgoto out;\n\t}"); rep(qr/return error;/, "out:\n\treturn error;")'
