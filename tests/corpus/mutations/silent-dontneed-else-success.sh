#!/bin/sh
# class: silent-default
# function: madvise_dontneed_free (mm/madvise.c)
# expect: dontneed else success
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/\telse\n\t\treturn -EINVAL;\n/, "\telse\n\t\treturn 0;\n")'
