#!/bin/sh
# class: stale-prev
# function: madvise_populate (mm/madvise.c)
# expect: populate prev only on error
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'del(qr/\*prev = NULL;/); before(qr/switch \(pages\) \{/, "\t\t\t*prev = NULL;\n")'
