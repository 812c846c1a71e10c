#!/bin/sh
# addr stepped back for the retry, pte not
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'del(qr/pte--;/)'
