#!/bin/sh
# class: walk-progress
# function: internal_get_user_pages_fast (mm/gup.c)
# expect: the slow path writes over the pages that the fast path pinned
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'internal_get_user_pages_fast' 'del(qr/pages \+= nr_pinned;/);'
