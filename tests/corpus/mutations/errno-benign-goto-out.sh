#!/bin/sh
# class: -
# function: madvise_cold (mm/madvise.c)
# expect: nothing: goto in place of an early return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'rep(qr/return -EINVAL;/, "goto bad;"); rep(qr/return 0;\n\}/, "return 0;\nbad:\n\treturn -EINVAL;\n}")'
