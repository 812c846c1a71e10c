#!/bin/sh
# class: missing-revalidation
# function: madvise_dontneed_free (mm/madvise.c)
# expect: rounding may have left nothing
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'del(qr/if \(start == end\)/, 2)'
