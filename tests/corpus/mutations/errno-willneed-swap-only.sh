#!/bin/sh
# class: errno-contract
# function: madvise_remove (mm/madvise.c)
# expect: EPERM where the mapping has no file
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/\t\t\treturn -EINVAL;\n\t\}/, "\t\t\treturn -EPERM;\n\t}")'
